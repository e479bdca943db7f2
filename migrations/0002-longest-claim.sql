-- The longest claim of all, without a look at each stream. A change that is not longer leaves it alone.
create index stream_longest on stream (longest);
