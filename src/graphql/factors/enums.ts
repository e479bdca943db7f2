import { registerEnumType } from 'type-graphql';

export enum FactorMethod {
  TOTP = 'TOTP',
  RECOVERY_CODE = 'RECOVERY_CODE',
  PASSKEY = 'PASSKEY',
}
registerEnumType(FactorMethod, {
  name: 'FactorMethod',
  description: 'What somebody can prove with besides a password.',
  valuesConfig: {
    TOTP: { description: 'A code of six digits from an authenticator app (RFC 6238).' },
    RECOVERY_CODE: { description: 'One of ten codes that were shown once; each counts once.' },
    PASSKEY: { description: 'A key on a device or in a password store (WebAuthn).' },
  },
});

export enum ProofMethod {
  TOTP = 'TOTP',
  RECOVERY_CODE = 'RECOVERY_CODE',
  PASSKEY = 'PASSKEY',
  PASSWORD = 'PASSWORD',
  SIGN_IN = 'SIGN_IN',
}
registerEnumType(ProofMethod, {
  name: 'ProofMethod',
  description: 'How somebody who is signed in can prove again to sit there.',
  valuesConfig: {
    TOTP: { description: 'By a code of the app, with `sessionProve`.' },
    RECOVERY_CODE: { description: 'By a recovery code, with `sessionProve`; it is spent.' },
    PASSKEY: { description: 'By a passkey, with `sessionProve`.' },
    PASSWORD: { description: 'By the password, with `sessionProve`: there is no second factor yet.' },
    SIGN_IN: { description: 'By signing in anew: there is neither a second factor nor a password here.' },
  },
});
