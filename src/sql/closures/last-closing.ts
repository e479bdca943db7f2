/**
 * SQL: the number of the last closing that the statement sees, 0 where there is none. What closes later is told from
 * what stood already by this and not by clocks: a closing commits later than its instant.
 */
export const LAST_CLOSING = '(select coalesce(max(number), 0) from closing)';
