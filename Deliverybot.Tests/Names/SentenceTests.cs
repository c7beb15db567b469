using Deliverybot.Data.Names;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Names;

public sealed class SentenceTests
{
    private static readonly GitHubUser Ada = new(new GitHubUserId(7), new GitHubLogin("ada"));
    private static readonly GitHubUser Production = new(new GitHubUserId(77), new GitHubLogin("production"));

    [Fact]
    public void A_person_is_read_as_the_login_and_taken_out_by_the_number()
    {
        Sentence inner = $"production is locked by {Ada}: ada counts";
        Sentence sentence = $"{inner}, says {Production}.";

        sentence.ShouldBe("production is locked by ada: ada counts, says production.");
        sentence.Without(new GitHubUserId(7)).ShouldBe("production is locked by deleted user: ada counts, says production.");
        sentence.Without(new GitHubUserId(77)).ShouldBe("production is locked by ada: ada counts, says deleted user.");
        Sentence.Read(sentence.Kept).ShouldBe(sentence);
    }

    [Fact]
    public void Nobodys_words_pass_for_a_person()
    {
        Sentence person = $"{Ada}";
        Sentence sentence = $"Locked: {person.Kept}";

        sentence.Without(new GitHubUserId(7)).ShouldBe(sentence);
        Sentence.Plain(person.Kept).Without(new GitHubUserId(7)).ShouldBe(Sentence.Plain(person.Kept));
    }

    [Fact]
    public void Who_has_no_number_is_nobody_else()
    {
        var unknown = new GitHubUser(null, new GitHubLogin("ada"));

        unknown.IsSameAs(unknown).ShouldBeFalse();
        unknown.IsSameAs(Ada).ShouldBeFalse();
        Ada.IsSameAs(unknown).ShouldBeFalse();
        Ada.IsSameAs(Ada with { Login = new GitHubLogin("renamed") }).ShouldBeTrue();
        Sentence sentence = $"Cancelled by {unknown}.";
        sentence.Kept.ShouldBe("Cancelled by ada.");
    }
}
