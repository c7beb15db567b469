namespace Deliverybot.Sandbox.Faults;

/// <summary>The faults in force, drawn from one seeded source so that a run can be repeated.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<(FaultRule Rule, int Done)> _rules = [];
    private readonly Random _random;

    // Not for secrets: the same seed must give the same faults.
#pragma warning disable CA5394
    internal FaultPlan(int seed) => _random = new Random(seed);

    public void Add(FaultRule rule)
    {
        lock (_gate)
        {
            _rules.Add((rule, 0));
        }
    }

    /// <summary>Ends a rule that was added; the others stay.</summary>
    public void Remove(FaultRule rule)
    {
        lock (_gate)
        {
            _rules.RemoveAll(each => ReferenceEquals(each.Rule, rule));
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _rules.Clear();
        }
    }

    internal Fault Draw(string method, string route, string path)
    {
        lock (_gate)
        {
            var fault = Fault.None;
            for (var index = 0; index < _rules.Count; index++)
            {
                var (rule, done) = _rules[index];
                if (!rule.Matches(method, route, path))
                {
                    continue;
                }

                fault = fault with { Latency = fault.Latency + rule.Latency };
                if (done >= rule.Times)
                {
                    continue;
                }

                var harmed = fault with
                {
                    Error = Hit(rule.ErrorShare) ? rule : fault.Error,
                    SecondaryLimit = Hit(rule.SecondaryLimitShare) ? rule : fault.SecondaryLimit,
                    Meanwhile = fault.Meanwhile + rule.Meanwhile,
                    DropAnswer = Hit(rule.DroppedAnswerShare) || fault.DropAnswer,
                };
                if (harmed != fault)
                {
                    _rules[index] = (rule, done + 1);
                    fault = harmed;
                }
            }

            return fault;
        }
    }

    private bool Hit(double share) => share > 0 && _random.NextDouble() < share;
#pragma warning restore CA5394
}
