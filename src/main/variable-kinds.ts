import { z } from 'zod';
import type { Role } from '../domain/act.js';

/** One variable: how its text is read, what its default means, and the sentence that says what is allowed. */
export interface Variable<T> {
  readonly schema: z.ZodType<T, string | undefined>;
  readonly allowed: string;
  /** As it would be written in the environment; null where nothing stands for the default. */
  readonly fallback: string | null;
  /** Never shown, not even when it is wrong. */
  readonly secret?: true;
}

export const whole = (least: number, most: number, fallback: number): Variable<number> => ({
  schema: z
    .string()
    .regex(/^\d{1,9}$/)
    .default(String(fallback))
    .transform(Number)
    .pipe(z.number().min(least).max(most)),
  allowed: `a whole number from ${least} to ${most}`,
  fallback: String(fallback),
});

export const oneOf = <T extends string>(values: readonly T[], fallback: T): Variable<T> => ({
  schema: z.enum(values).default(fallback) as unknown as Variable<T>['schema'],
  allowed: `one of ${values.join(', ')}`,
  fallback,
});

export const text = (pattern: RegExp, allowed: string, fallback: string): Variable<string> => ({
  schema: z.string().regex(pattern).default(fallback),
  allowed,
  fallback,
});

export const optional = (pattern: RegExp, allowed: string): Variable<string | null> => ({
  schema: z
    .string()
    .regex(pattern)
    .optional()
    .transform((value) => value ?? null),
  allowed,
  fallback: null,
});

export const secret = (pattern: RegExp, allowed: string): Variable<string | null> => ({
  ...optional(pattern, allowed),
  secret: true,
});

export const list = (entry: RegExp, allowed: string): Variable<readonly string[]> => ({
  schema: z
    .string()
    .default('')
    .transform((entries) => entries.split(',').map((one) => one.trim()))
    .transform((entries) => entries.filter((one) => one !== ''))
    .pipe(z.array(z.string().regex(entry))),
  allowed: `${allowed}, with commas between them`,
  fallback: '',
});

const ROLE_GROUP = /^(.+)=(ADMINISTRATOR|MANAGER|MEMBER|GUEST)$/;

/** Distinguished names have commas and equals signs, so entries end at a semicolon and the last one counts. */
export const roleGroups: Variable<readonly { readonly group: string; readonly role: Role }[]> = {
  schema: z
    .string()
    .default('')
    .transform((entries) => entries.split(';').map((one) => one.trim()))
    .transform((entries) => entries.filter((one) => one !== ''))
    .pipe(z.array(z.string().regex(ROLE_GROUP)))
    .transform((entries) =>
      entries.map((one) => {
        const [, group = '', role] = ROLE_GROUP.exec(one) ?? [];
        return { group: group.trim(), role: role as Role };
      }),
    ),
  allowed: 'a list like Administrators=ADMINISTRATOR;Managers=MANAGER',
  fallback: '',
};

/** The name here cannot have an equals sign. */
const MEMBER_GROUP = /^(.+)=([^=]+)$/;

export const memberGroups: Variable<readonly { readonly group: string; readonly name: string }[]> = {
  schema: z
    .string()
    .default('')
    .transform((entries) => entries.split(';').map((one) => one.trim()))
    .transform((entries) => entries.filter((one) => one !== ''))
    .pipe(z.array(z.string().regex(MEMBER_GROUP)))
    .transform((entries) =>
      entries.map((one) => {
        const [, group = '', name = ''] = MEMBER_GROUP.exec(one) ?? [];
        return { group: group.trim(), name: name.trim() };
      }),
    ),
  allowed: 'a list like Chemists=Laboratory;cn=staff,ou=groups,dc=example,dc=com=Staff',
  fallback: '',
};

const KEPT = {
  audit: 730,
  security: 180,
  notifications: 90,
  titles: null,
  logs: 90,
  mails: null,
  deliveries: null,
  sessions: null,
};
const KEPT_KIND = /^(audit|security|notifications|titles|logs|mails|deliveries|sessions):(off|[1-9]\d{0,4})$/;

/** Days by kind; null where nothing is said, or `off`. */
export const keepDays: Variable<Readonly<Record<keyof typeof KEPT, number | null>>> = {
  schema: z
    .string()
    .default('')
    .transform((entries) => entries.split(',').map((one) => one.trim()))
    .transform((entries) => entries.filter((one) => one !== ''))
    .pipe(z.array(z.string().regex(KEPT_KIND)))
    .transform((entries) => {
      const given = entries.map((one) => {
        const [kind, days] = one.split(':');
        return [kind, days === 'off' ? null : Number(days)];
      });
      return { ...KEPT, ...Object.fromEntries(given) };
    }),
  allowed: 'a list like audit:730,security:180, each with days or off',
  fallback: '',
};

export const roles = list(
  /^(ADMINISTRATOR|MANAGER|MEMBER|GUEST)$/,
  'a list of roles like ADMINISTRATOR,MANAGER',
) as Variable<readonly Role[]>;

const MAILBOX = /^(?:([^<>"@\p{Cc}]+?) *<)?([^@\s<>,;:"()]+@[^@\s<>,;:"()]+?)>?$/u;

/** A sender: `Rooms <rooms@example.com>`, or the address alone. */
export const mailbox: Variable<{ readonly name: string; readonly address: string } | null> = {
  schema: z
    .string()
    .regex(MAILBOX)
    .optional()
    .transform((text) => {
      const [, name = 'Holdfast', address = ''] = MAILBOX.exec(text ?? '') ?? [];
      return text === undefined ? null : { name, address };
    }),
  allowed: 'an address like rooms@example.com or Rooms <rooms@example.com>',
  fallback: null,
};

export const origins = list(/^https?:\/\/[^/\s,?#]+$/, 'a list of origins like https://rooms.example.com');
export const proxies = list(
  /^[0-9a-fA-F.:]+(\/\d{1,3})?$/,
  'a list of addresses or networks like 10.0.0.0/8',
);

export const ldapServers = list(
  /^ldaps?:\/\/[^/\s,?#@]+$/,
  'a list of servers like ldaps://dc1.example.com:636',
);
export const DN = /^[^\0]+=[^\0]+$/;
