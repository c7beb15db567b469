set local session_replication_role = replica;

-- A long history spread evenly over all repositories ($1): three environments that last, one after the other, and previews. $2: how many
-- deployments. Their indexes are gone meanwhile.
insert into deployments (
  repository_id, target, environment, environment_key, ref, sha, pull_request, task, cause, act, via, access, trigger, requested_by, force,
  description, production_environment, transient_environment, state, gate, reason, unmet_contexts, github_id,
  target_definition, payload, created_at, deployed_at, succeeded_at, ended_at, status_at, status_id, updated_at)
select
  ($1::bigint[])[1 + n % cardinality($1::bigint[])],
  target,
  environment,
  environment,
  case target when 'preview' then 'refs/heads/topic-' || round % 100 else 'refs/heads/main' end,
  md5('a' || n) || left(md5('b' || n), 8),
  case target when 'preview' then round % 100 + 1 end,
  'deploy',
  case target when 'preview' then 'PullRequest' when 'dev' then 'Push' else 'Pipeline' end,
  'Deploy',
  'Event',
  'App',
  'Push',
  (array['ada', 'grace', 'linus', 'margaret', 'ken'])[1 + n % 5],
  false,
  'Deploy of ' || environment,
  target = 'production',
  target = 'preview',
  state,
  case state when 'Waiting' then 'Checks' end,
  case state when 'Waiting' then 'Waiting for ci (pending).' end,
  case state when 'Waiting' then array['ci'] else array[]::text[] end,
  case when state <> 'Waiting' then 9000000 + n end,
  jsonb_build_object('name', target, 'environment', environment, 'required_contexts', array['ci'], 'after', after),
  jsonb_build_object('target', target, 'image', 'registry.example.com/shop/' || target),
  at,
  case when state <> 'Waiting' then at + interval '3 seconds' end,
  case when state in ('Success', 'Inactive') then at + interval '4 minutes' end,
  case when state not in ('Waiting', 'InProgress') then at + interval '4 minutes' end,
  case when state <> 'Waiting' then at + interval '4 minutes' end,
  case when state <> 'Waiting' then 9000000 + n else 0 end,
  at + interval '4 minutes'
from (
  select
    n,
    round,
    target,
    case target when 'staging' then array['dev'] when 'production' then array['staging'] else array[]::text[] end as after,
    case target when 'preview' then 'pr-' || round % 100 + 1 else target end as environment,
    case
      when is_last and repository % 20 = 3 and target = 'production' then 'Failure'
      when is_last and repository % 25 = 4 and target = 'staging' then 'InProgress'
      when is_last and repository % 10 = 5 and target = 'production' then 'Waiting'
      when round % 20 = 7 then 'Failure'
      when target = 'production' or is_last then 'Success'
      else 'Inactive'
    end as state,
    now() - ($2::int - n) * (interval '730 days' / $2::int) as at
  from (
    select
      n,
      n % cardinality($1::bigint[]) as repository,
      n / cardinality($1::bigint[]) as round,
      n > $2::int - 4 * cardinality($1::bigint[]) as is_last,
      (array['dev', 'staging', 'production', 'preview'])[1 + n / cardinality($1::bigint[]) % 4] as target
    from generate_series(1, $2::int) as n
  ) as numbered
) as made;

insert into ref_heads (repository_id, ref, sha, seen_at)
select repository_id, 'refs/heads/main', sha, created_at
from (select distinct on (repository_id) repository_id, sha, created_at from deployments where ref = 'refs/heads/main' order by repository_id, id desc) as newest;

insert into environment_locks (repository_id, environment, environment_key, kind, holder, reason, since)
select repository, 'production', 'production', 'Lock', 'grace', 'Stock-taking', now() - interval '2 days'
from unnest($1::bigint[]) with ordinality as each (repository, number) where number % 40 = 0
