set local session_replication_role = replica;

-- A history as years of use leave it: a tenth of all deployments in the repository that is looked at ($1), the others spread over all
-- ($2), the newest of them of the commits that its pages show ($3). $4: how many deployments.
insert into deployments (
  repository_id, target, environment, environment_key, ref, sha, pull_request, task, cause, act, via, access, trigger, requested_by, force,
  description, production_environment, transient_environment, state, gate, reason, unmet_contexts, github_id,
  target_definition, payload, created_at, deployed_at, succeeded_at, ended_at, status_at, status_id, updated_at)
select
  case when shown then $1 else ($2::bigint[])[1 + n % cardinality($2::bigint[])] end,
  target,
  environment,
  lower(environment),
  case target when 'preview' then 'refs/heads/topic-' || n % 400 else 'refs/heads/main' end,
  case when shown and age < 40 * cardinality($3::text[]) then ($3::text[])[1 + age / 40] else md5('a' || n) || left(md5('b' || n), 8) end,
  case target when 'preview' then n % 400 + 1 end,
  'deploy',
  case when target = 'preview' then 'PullRequest' when by_hand then 'Person' else 'Push' end,
  case when by_hand and n % 17 <> 0 then 'Rollback' else 'Deploy' end,
  case when by_hand then 'Web' else 'Event' end,
  case when by_hand then 'Person' else 'App' end,
  case when target = 'preview' then 'PullRequest' when n % 17 = 0 then 'Web' when n % 23 = 0 then 'Rollback' else 'Push' end,
  (array['ada', 'grace', 'linus', 'margaret', 'ken'])[1 + n % 5],
  n % 101 = 0,
  'Deploy of ' || environment,
  target = 'production',
  target = 'preview',
  state,
  case state when 'Superseded' then 'Freshness' when 'Waiting' then 'Checks' end,
  case state when 'Superseded' then 'main has moved on.' when 'Waiting' then 'Waiting for ci (pending).' end,
  case state when 'Waiting' then array['ci'] else array[]::text[] end,
  case when state not in ('Superseded', 'Waiting') then 9000000 + n end,
  jsonb_build_object('name', target),
  jsonb_build_object('target', target),
  at,
  case when state not in ('Superseded', 'Waiting') then at + interval '3 seconds' end,
  case when state in ('Success', 'Inactive') then at + interval '4 minutes' end,
  case when state <> 'Waiting' then at + interval '4 minutes' end,
  case when state not in ('Superseded', 'Waiting') then at + interval '4 minutes' end,
  case when state not in ('Superseded', 'Waiting') then 9000000 + n else 0 end,
  at + interval '4 minutes'
from (
  select
    n,
    shown,
    (($4::int - n) / case when shown then 10 else 1 end)::int as age,
    target,
    target <> 'preview' and (n % 17 = 0 or n % 23 = 0) as by_hand,
    case target when 'preview' then 'pr-' || n % 400 + 1 else target end as environment,
    case
      when n > $4::int - 50 and n % 7 = 0 then 'Waiting'
      when n % 20 = 7 then 'Failure'
      when n % 20 = 11 then 'Superseded'
      when target = 'production' then 'Success'
      when n > $4::int - 200 then 'Success'
      else 'Inactive'
    end as state,
    now() - ($4::int - n) * (interval '730 days' / $4::int) as at
  from (
    select n, n % 10 = 0 as shown, (array['dev', 'staging', 'production', 'preview'])[1 + (n / 10) % 4] as target
    from generate_series(1, $4::int) as n
  ) as numbered
) as made
order by n;

insert into deployment_steps (deployment_id, state, at, description, log_url)
select id, step, created_at + delay, null, 'https://ci.example.com/runs/' || id
from deployments, (values ('InProgress', interval '5 seconds'), ('Success', interval '4 minutes')) as steps (step, delay)
where repository_id = $1 and github_id is not null;

insert into evaluations (deployment_id, at, verdicts)
select id, created_at, (
  select jsonb_agg(jsonb_build_object('gate', gate, 'outcome', 'Pass', 'reason', gate || ' lets it pass.'))
  from unnest(array['Freshness', 'Already there', 'Lock', 'After', 'Queue', 'Checks']) as gate)
from deployments where repository_id = $1;

insert into activity (repository_id, at, actor, act, environment, deployment_id, sha, detail)
select repository_id, created_at, requested_by, case when force then 'Forced' else 'Deployed' end, environment, id, sha, ''
from deployments where via = 'Web' and act = 'Deploy';
