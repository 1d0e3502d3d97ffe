-- Works on H2 and on PostgreSQL.

create table avatar_job (
    id            varchar(64)              not null primary key,
    status        varchar(16)              not null,
    driver        varchar(64)              not null,
    priority      integer                  not null,
    deadline      timestamp with time zone,
    ttl_seconds   bigint,
    created_at    timestamp with time zone not null,
    started_at    timestamp with time zone,
    finished_at   timestamp with time zone,
    expires_at    timestamp with time zone,
    stage         varchar(16),
    stage_since   timestamp with time zone,
    progress      double precision         not null,
    stage_times   varchar                  not null,
    result        varchar,
    error         varchar,
    shared        boolean                  not null,
    attempts      integer                  not null,
    lease         varchar(36),
    former_leases varchar                  not null,
    version       bigint                   not null,
    spec          varchar,
    work_dir      varchar(100)             not null,
    fingerprint   varchar(64)              not null
);

create index avatar_job_by_status on avatar_job (status, priority, created_at, id);
create index avatar_job_by_creation on avatar_job (created_at, id);
create index avatar_job_by_end on avatar_job (finished_at);

-- Idempotency keys, and the ids that clients chose; they may outlive their job.
create table avatar_job_key (
    key_text    varchar(300)             not null primary key,
    job_id      varchar(64)              not null,
    fingerprint varchar(64)              not null,
    created_at  timestamp with time zone not null
);

create index avatar_job_key_by_job on avatar_job_key (job_id);
create index avatar_job_key_by_creation on avatar_job_key (created_at);

-- db-scheduler's table.
create table avatar_job_schedule (
    task_name            varchar(100)             not null,
    task_instance        varchar(100)             not null,
    task_data            bytea,
    execution_time       timestamp with time zone not null,
    picked               boolean                  not null,
    picked_by            varchar(50),
    last_success         timestamp with time zone,
    last_failure         timestamp with time zone,
    consecutive_failures integer,
    last_heartbeat       timestamp with time zone,
    version              bigint                   not null,
    priority             smallint,
    primary key (task_name, task_instance)
);

create index avatar_job_schedule_by_time on avatar_job_schedule (execution_time);
create index avatar_job_schedule_by_heartbeat on avatar_job_schedule (last_heartbeat);
create index avatar_job_schedule_by_priority on avatar_job_schedule (priority desc, execution_time asc);
