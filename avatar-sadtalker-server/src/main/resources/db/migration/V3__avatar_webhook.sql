-- One row for each job whose client wants to be called: written with the job, pending from its end on.
create table avatar_webhook (
    job_id          varchar(64)   not null primary key,
    message_id      varchar(64)   not null,
    url             varchar(2048) not null,
    server          varchar       not null,
    state           varchar(16)   not null,
    rounds          integer       not null,
    attempts        integer       not null,
    pending_since   timestamp with time zone,
    next_attempt_at timestamp with time zone,
    last_attempt_at timestamp with time zone,
    last_status     integer,
    last_error      varchar
);

create index avatar_webhook_by_state on avatar_webhook (state, pending_since);

-- db-scheduler's table. Not that of the jobs: a scheduler takes whatever is due in its table, known task or not.
create table avatar_webhook_schedule (
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

create index avatar_webhook_schedule_by_time on avatar_webhook_schedule (execution_time);
create index avatar_webhook_schedule_by_heartbeat on avatar_webhook_schedule (last_heartbeat);
