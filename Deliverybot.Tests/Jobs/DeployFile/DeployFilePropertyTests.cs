using System.Text;
using CsCheck;
using Deliverybot.Jobs.DeployFile;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.DeployFile;

public sealed class DeployFilePropertyTests
{
    /// <summary>Pieces that YAML and deploy.yml give a meaning to.</summary>
    private static readonly string[] Pieces =
    [
        "a", "b:", " ", "  ", "\n", "\n  ", "\t", ": ", "- ", "? ", "{", "}", "[", "]", ",", "#", "&x ", "*x", "!", "!!str ", "!<", "|", ">-", "'", "\"",
        "%YAML 1.2\n", "%TAG ! x\n", "---\n", "...\n", "<<", "@", "`", "\\", "\\u", "\\x4", "0x", "1e9", ".inf", "~", "true", "null", "${{", "}}", " sha ",
        "environment: ", "payload: ", "after: ", "queue: ", "auto_deploy_on: ", "deployments: ", "refs/heads/*", "\r", "\r\n", "\u0085", "\u2028", "\uFEFF", "🚀", "é",
    ];

    private static readonly Gen<byte[]> RandomBytes = Gen.Byte.Array[0, 200];

    private static readonly Gen<byte[]> RandomPieces = OneOf(Pieces).Array[0, 40].Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces)));

    private static readonly byte[][] Samples = [.. new[] { "good", "bad", "beyond-schema" }.SelectMany(DeployFileSamples.Names).Select(DeployFileSamples.Bytes)];

    private static readonly Gen<byte[]> Mutated =
        from sample in OneOf(Samples)
        from cut in Gen.Int[0, sample.Length]
        from dropped in Gen.Int[0, Math.Min(5, sample.Length - cut)]
        from put in Gen.OneOf(OneOf(Pieces).Array[0, 3].Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces))), Gen.Byte.Array[0, 3])
        select (byte[])[.. sample.AsSpan(0, cut), .. put, .. sample.AsSpan(cut + dropped)];

    [Fact]
    public void Parse_AnyBytes_GivesAResult() =>
        Gen.OneOf(RandomBytes, RandomPieces, Mutated).Sample(ShouldHaveAResult, iter: 5_000, print: Encoding.UTF8.GetString);

    [Fact]
    public void A_target_is_the_same_after_it_was_kept_as_JSON() =>
        Gen.OneOf(OneOf(Samples), Mutated).Sample(
            bytes =>
            {
                if (DeployFileParser.Parse(bytes) is DeployFileResult.Valid { Targets: var targets })
                {
                    foreach (var target in targets.All)
                    {
                        var json = TargetJson.Write(target);
                        var read = TargetJson.Read(json);
                        TargetJson.Write(read).ShouldBe(json);
                        read.ShouldBe(target);
                    }
                }
            },
            iter: 2_000,
            print: Encoding.UTF8.GetString);

    private static Gen<T> OneOf<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static void ShouldHaveAResult(byte[] bytes)
    {
        if (DeployFileParser.Parse(bytes) is DeployFileResult.Invalid invalid)
        {
            invalid.Errors.ShouldNotBeEmpty();
            invalid.Errors.ShouldAllBe(error => error.Line >= 1 && error.Column >= 1 && error.Message.Length > 0);
        }
    }
}
