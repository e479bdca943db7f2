-- What the programs have logged, in files that are full: the lines are in the file store, compressed with gzip.
create table log_file (
  -- where the file store has it
  id uuid primary key,
  program text not null check (program <> ''),
  machine text not null check (machine <> ''),
  -- its number among the files of the program on that machine
  number integer not null check (number > 0),
  -- when its first and its last line were written
  from_at timestamptz(3) not null,
  until_at timestamptz(3) not null check (until_at >= from_at),
  -- of what was logged, before it was compressed
  lines integer not null check (lines > 0),
  bytes bigint not null check (bytes > 0),
  sha256 bytea not null check (octet_length(sha256) = 32),
  -- who was killed before it could remove its own copy comes again with the same
  constraint log_file_once unique (program, machine, number, sha256)
);
create index log_file_until on log_file (until_at, id);

create function log_file_gone() returns trigger language plpgsql as $$
begin
  insert into stray_file (key, due_at) values (old.id, '-infinity') on conflict (key) do nothing;
  return null;
end $$;
create trigger log_file_gone after delete on log_file for each row execute function log_file_gone();
