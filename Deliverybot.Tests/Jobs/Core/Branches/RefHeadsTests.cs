using Deliverybot.Data.Branches;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Branches;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Core.Branches;

public sealed class RefHeadsTests(House house) : IClassFixture<House>
{
    [Theory]
    [InlineData(-1, 'b')]
    [InlineData(+1, 'a')]
    public async Task What_GitHub_said_before_the_last_push_was_heard_of_sets_no_branch_back(int askedAfter, char head)
    {
        var branch = GitRef.Branch("tea");
        var id = await house.KnownAsync(house.CreateRepository());
        var heard = DateTimeOffset.UnixEpoch.AddYears(50);
        await house.WriteAsync(new RefHead { RepositoryId = id, Ref = branch, Sha = Sha('b'), SeenAt = heard });

        await house.ReadAsync(async db =>
        {
            await new RefHeads(db, TimeProvider.System).SeeAsync(id, branch, Sha('a'), heard.AddSeconds(askedAfter), TestContext.Current.CancellationToken);
            return true;
        });

        (await house.ReadAsync(db => db.RefHeads.SingleAsync(row => row.RepositoryId == id && row.Ref == branch))).Sha.ShouldBe(Sha(head));
    }

    private static CommitSha Sha(char digit) => CommitSha.Parse(new string(digit, 40));
}
