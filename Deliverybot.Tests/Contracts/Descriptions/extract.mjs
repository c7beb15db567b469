// Takes from GitHub's OpenAPI description what Deliverybot calls and the stand-in GitHub serves, and writes it to
// github-openapi.json beside this file. The whole package unpacks to 400 MB, so it is fetched only when the extract is made
// anew: after adding an operation below, or to follow a newer description. In any empty folder:
//
//   npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz package/generated/api.github.com.json
//   node <repository>/Deliverybot.Tests/Contracts/Descriptions/extract.mjs package/generated/api.github.com.json
//
// Texts, examples, links and headers are left out; everything else stays as GitHub wrote it.

import { readFileSync, writeFileSync } from "node:fs";

const source = "@octokit/openapi 23.0.2, api.github.com.json";

const operations = `
GET    /app
GET    /app/hook/config
GET    /app/hook/deliveries
GET    /app/hook/deliveries/{delivery_id}
POST   /app/hook/deliveries/{delivery_id}/attempts
GET    /app/installations
GET    /app/installations/{installation_id}
POST   /app/installations/{installation_id}/access_tokens
POST   /app-manifests/{code}/conversions
DELETE /applications/{client_id}/grant
POST   /applications/{client_id}/token
DELETE /applications/{client_id}/token
GET    /installation/repositories
DELETE /installation/token
GET    /meta
GET    /orgs/{org}
GET    /orgs/{org}/installation
GET    /orgs/{org}/repos
GET    /rate_limit
GET    /repos/{owner}/{repo}
GET    /repos/{owner}/{repo}/branches
GET    /repos/{owner}/{repo}/branches/{branch}
GET    /repos/{owner}/{repo}/check-runs/{check_run_id}
GET    /repos/{owner}/{repo}/check-suites/{check_suite_id}
GET    /repos/{owner}/{repo}/check-suites/{check_suite_id}/check-runs
GET    /repos/{owner}/{repo}/collaborators
GET    /repos/{owner}/{repo}/collaborators/{username}/permission
GET    /repos/{owner}/{repo}/commits
GET    /repos/{owner}/{repo}/commits/{commit_sha}/pulls
GET    /repos/{owner}/{repo}/commits/{ref}
GET    /repos/{owner}/{repo}/commits/{ref}/check-runs
GET    /repos/{owner}/{repo}/commits/{ref}/check-suites
GET    /repos/{owner}/{repo}/commits/{ref}/status
GET    /repos/{owner}/{repo}/commits/{ref}/statuses
GET    /repos/{owner}/{repo}/compare/{basehead}
GET    /repos/{owner}/{repo}/contents/{path}
GET    /repos/{owner}/{repo}/deployments
POST   /repos/{owner}/{repo}/deployments
GET    /repos/{owner}/{repo}/deployments/{deployment_id}
DELETE /repos/{owner}/{repo}/deployments/{deployment_id}
GET    /repos/{owner}/{repo}/deployments/{deployment_id}/statuses
POST   /repos/{owner}/{repo}/deployments/{deployment_id}/statuses
GET    /repos/{owner}/{repo}/deployments/{deployment_id}/statuses/{status_id}
GET    /repos/{owner}/{repo}/git/commits/{commit_sha}
GET    /repos/{owner}/{repo}/git/matching-refs/{ref}
GET    /repos/{owner}/{repo}/git/ref/{ref}
GET    /repos/{owner}/{repo}/git/tags/{tag_sha}
GET    /repos/{owner}/{repo}/installation
GET    /repos/{owner}/{repo}/issues/{issue_number}
GET    /repos/{owner}/{repo}/issues/{issue_number}/comments
POST   /repos/{owner}/{repo}/issues/{issue_number}/comments
GET    /repos/{owner}/{repo}/issues/comments/{comment_id}
PATCH  /repos/{owner}/{repo}/issues/comments/{comment_id}
DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}
GET    /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions
POST   /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions
DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions/{reaction_id}
GET    /repos/{owner}/{repo}/languages
POST   /repos/{owner}/{repo}/merges
GET    /repos/{owner}/{repo}/pulls
GET    /repos/{owner}/{repo}/pulls/{pull_number}
GET    /repos/{owner}/{repo}/pulls/{pull_number}/commits
GET    /repos/{owner}/{repo}/pulls/{pull_number}/files
POST   /repos/{owner}/{repo}/statuses/{sha}
GET    /repos/{owner}/{repo}/tags
GET    /user
GET    /user/installations
GET    /user/installations/{installation_id}/repositories
GET    /user/orgs
GET    /users/{username}
GET    /users/{username}/installation
`.trim().split("\n").map(line => line.split(/\s+/));

// As GitHub's description names them: event and action.
const webhooks = `
check-run-created check-run-completed
check-suite-completed check-suite-requested
create
delete
deployment-created
deployment-status-created
installation-created installation-deleted installation-suspend installation-unsuspend
installation-repositories-added installation-repositories-removed
issue-comment-created issue-comment-edited issue-comment-deleted
ping
pull-request-opened pull-request-closed pull-request-edited pull-request-reopened pull-request-synchronize
push
release-created release-published release-released
repository-archived repository-created repository-edited repository-privatized repository-publicized repository-renamed repository-transferred repository-unarchived
status
`.trim().split(/\s+/);

const dropped = new Set(["description", "summary", "title", "example", "examples", "externalDocs", "tags", "headers", "links", "x-github", "discriminator"]);
const named = new Set(["properties", "responses"]);

const whole = JSON.parse(readFileSync(process.argv[2], "utf8"));
const schemas = {};

const paths = {};
for (const [method, path] of operations) {
  const operation = whole.paths[path]?.[method.toLowerCase()];
  if (!operation) {
    throw new Error(`GitHub doesn't describe ${method} ${path}.`);
  }

  const kept = { parameters: operation.parameters, requestBody: operation.requestBody, responses: operation.responses };
  (paths[path] ??= {})[method.toLowerCase()] = trimmed(kept);
}

const sent = {};
for (const name of webhooks) {
  const webhook = whole["x-webhooks"][name]?.post;
  if (!webhook) {
    throw new Error(`GitHub doesn't describe the webhook ${name}.`);
  }

  sent[name] = { post: trimmed({ requestBody: webhook.requestBody }) };
}

const info = { title: whole.info.title, version: whole.info.version, license: whole.info.license, "x-source": source };
const extract = `{
"openapi": "${whole.openapi}",
"info": ${JSON.stringify(info)},
"paths": ${lineByLine(paths)},
"x-webhooks": ${lineByLine(sent)},
"components": { "schemas": ${lineByLine(schemas)} }
}
`;
writeFileSync(new URL("github-openapi.json", import.meta.url), extract);

// So that a newer extract shows what GitHub has changed.
function lineByLine(object) {
  const names = Object.keys(object).sort();
  return `{\n${names.map(name => `${JSON.stringify(name)}: ${JSON.stringify(object[name])}`).join(",\n")}\n}`;
}

// Schemas stay shared; parameters and responses, which are few, are put where they are used.
function trimmed(node, keepsAll = false) {
  if (Array.isArray(node)) {
    return node.map(item => trimmed(item));
  }

  if (node === null || typeof node !== "object") {
    return node;
  }

  if (typeof node.$ref === "string") {
    const [, , kind, name] = node.$ref.split("/");
    if (kind !== "schemas") {
      return trimmed(whole.components[kind][name]);
    }

    if (!(name in schemas)) {
      schemas[name] = null;
      schemas[name] = trimmed(whole.components.schemas[name]);
    }

    return { $ref: node.$ref };
  }

  return Object.fromEntries(Object.entries(node)
    .filter(([key, value]) => value !== undefined && (keepsAll || !dropped.has(key)))
    .map(([key, value]) => [key, trimmed(value, named.has(key))]));
}
