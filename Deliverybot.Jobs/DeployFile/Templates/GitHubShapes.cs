using static Deliverybot.Jobs.DeployFile.Templates.TemplateShape;

namespace Deliverybot.Jobs.DeployFile.Templates;

/// <summary>
/// The fields of GitHub's <see href="https://docs.github.com/rest/commits/commits#get-a-commit">commit</see> and
/// <see href="https://docs.github.com/rest/pulls/pulls#get-a-pull-request">pull request</see>, by GitHub's OpenAPI description: what
/// isn't here is a slip of the pen, and told when the file is read. <c>name</c> and <c>email</c> of an account are in the description,
/// but neither object ever carries them.
/// </summary>
internal static class GitHubShapes
{
    private static readonly Fields Account = Of(
        "login id node_id avatar_url gravatar_id url html_url followers_url following_url gists_url starred_url subscriptions_url "
        + "organizations_url repos_url events_url received_events_url type site_admin starred_at user_view_type");

    private static readonly Fields GitPerson = Of("name email date");

    private static readonly Fields Verification = Of("verified reason signature payload verified_at");

    private static readonly Fields ChangedFile = Of(
        "filename previous_filename sha status additions deletions changes blob_url raw_url contents_url patch");

    public static readonly Fields Commit = Of(
        "sha node_id url html_url comments_url",
        ("commit", Of(
            "message url comment_count",
            ("author", GitPerson),
            ("committer", GitPerson),
            ("tree", Of("sha url")),
            ("verification", Verification))),
        ("author", Account),
        ("committer", Account),
        ("parents", ListOf(Of("sha url html_url"))),
        ("stats", Of("total additions deletions")),
        ("files", ListOf(ChangedFile)));

    private static readonly Fields Licence = Of("key name spdx_id url node_id html_url");

    private static readonly Fields Repository = Of(
        "name id node_id full_name private html_url description fork url archive_url assignees_url blobs_url branches_url collaborators_url "
        + "comments_url commits_url compare_url contents_url contributors_url deployments_url downloads_url events_url forks_url "
        + "git_commits_url git_refs_url git_tags_url git_url issue_comment_url issue_events_url issues_url keys_url labels_url "
        + "languages_url merges_url milestones_url notifications_url pulls_url releases_url ssh_url stargazers_url statuses_url "
        + "subscribers_url subscription_url tags_url teams_url trees_url clone_url mirror_url hooks_url svn_url homepage language "
        + "forks_count stargazers_count watchers_count size default_branch open_issues_count is_template has_issues has_projects "
        + "has_wiki has_pages has_downloads has_discussions has_pull_requests pull_request_creation_policy archived disabled visibility "
        + "pushed_at created_at updated_at role_name temp_clone_token allow_rebase_merge allow_squash_merge allow_auto_merge "
        + "delete_branch_on_merge allow_update_branch use_squash_pr_title_as_default squash_merge_commit_title "
        + "squash_merge_commit_message merge_commit_title merge_commit_message allow_merge_commit allow_forking "
        + "web_commit_signoff_required subscribers_count network_count forks open_issues watchers master_branch starred_at "
        + "anonymous_access_enabled",
        ("owner", Account),
        ("organization", Account),
        ("license", Licence),
        ("topics", ListOf(new Value())),
        ("permissions", new Anything()),
        ("custom_properties", new Anything()),
        ("security_and_analysis", new Anything()),
        ("code_of_conduct", new Anything()),
        ("code_search_index_status", new Anything()));

    private static readonly Fields End = Of("ref label sha", ("user", Account), ("repo", Repository));

    private static readonly Fields Milestone = Of(
        "title number id node_id url html_url labels_url state description open_issues closed_issues created_at updated_at closed_at due_on",
        ("creator", Account));

    private const string TeamFields =
        "slug name id node_id description privacy notification_setting permission url html_url members_url repositories_url ldap_dn type "
        + "organization_id enterprise_id access_source";

    private static readonly Fields Team = Of(TeamFields, ("permissions", new Anything()), ("parent", Of(TeamFields)));

    private static readonly Fields Link = Of("href");

    public static readonly Fields PullRequest = Of(
        "title number id node_id url html_url diff_url patch_url issue_url commits_url review_comments_url review_comment_url comments_url "
        + "statuses_url state locked body active_lock_reason created_at updated_at closed_at merged_at merge_commit_sha "
        + "author_association draft merged mergeable rebaseable mergeable_state comments review_comments maintainer_can_modify commits "
        + "additions deletions changed_files",
        ("user", Account),
        ("assignee", Account),
        ("assignees", ListOf(Account)),
        ("requested_reviewers", ListOf(Account)),
        ("requested_teams", ListOf(Team)),
        ("merged_by", Account),
        ("labels", ListOf(Of("name id node_id url description color default"))),
        ("milestone", Milestone),
        ("head", End),
        ("base", End),
        ("auto_merge", Of("merge_method commit_title commit_message", ("enabled_by", Account))),
        ("_links", Of(
            "",
            ("html", Link),
            ("self", Link),
            ("issue", Link),
            ("comments", Link),
            ("review_comments", Link),
            ("review_comment", Link),
            ("commits", Link),
            ("statuses", Link))));
}
