import { type FormEvent, useState, useSyncExternalStore } from 'react';
import type { Session } from './session.js';

/** Who is signed in, or the form to do so. */
export function SignIn({ session }: { readonly session: Session }) {
  const person = useSyncExternalStore(session.subscribe, session.person);
  return person ? <SignedIn session={session} /> : <Form session={session} />;
}

function SignedIn({ session }: { readonly session: Session }) {
  const person = session.person();
  return (
    <div className="sign-in">
      <span className="person" title={person?.role.toLowerCase()}>
        {person?.name}
      </span>
      <button type="button" onClick={() => void session.signOut()}>
        Sign out
      </button>
    </div>
  );
}

function Form({ session }: { readonly session: Session }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    const refused = session.wantsCode()
      ? await session.confirm(String(form.get('code')))
      : await session.signIn(String(form.get('email')), String(form.get('password')));
    setBusy(false);
    setProblem(refused);
  };
  const beginAnew = () => {
    session.beginAnew();
    setProblem(null);
  };
  return (
    <form className="sign-in" onSubmit={(event) => void submit(event)}>
      {problem && <span role="alert">{problem}</span>}
      {session.wantsCode() ? <Code onCancel={beginAnew} /> : <Password />}
      <button type="submit" disabled={busy}>
        Sign in
      </button>
    </form>
  );
}

function Code({ onCancel }: { readonly onCancel: () => void }) {
  return (
    <>
      <input
        name="code"
        type="text"
        placeholder="Code"
        aria-label="Code"
        autoComplete="one-time-code"
        required
      />
      <button type="button" onClick={onCancel}>
        Begin anew
      </button>
    </>
  );
}

function Password() {
  return (
    <>
      <input
        name="email"
        type="text"
        inputMode="email"
        placeholder="E-mail"
        aria-label="E-mail"
        autoComplete="username"
        required
      />
      <input
        name="password"
        type="password"
        placeholder="Password"
        aria-label="Password"
        autoComplete="current-password"
        required
      />
    </>
  );
}
