create table avatar_batch (
    id         varchar(64)              not null primary key,
    created_at timestamp with time zone not null
);

create index avatar_batch_by_creation on avatar_batch (created_at);

-- One row for each item of the request: the job that it became, or why it became none.
create table avatar_batch_item (
    batch_id varchar(64) not null,
    position integer     not null,
    job_id   varchar(64),
    error    varchar,
    primary key (batch_id, position)
);
