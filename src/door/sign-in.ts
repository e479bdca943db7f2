import { ask, NoAnswer } from './ask.js';
import type { Result } from './documents.js';
import { element } from './element.js';
import { words } from './page.js';
import type { Session } from './session.js';

type Signing = Result<'SignIn'> | Result<'SignInConfirm'> | Result<'SignInByPasskey'>;
type Challenge = Extract<Result<'SignIn'>, { challenge: string }>;

interface SignIn {
  readonly session: Session;
  readonly passkeys: boolean;
  readonly provider: string | null;
  readonly done: () => void;
}

/** Why nobody answered, in words. */
export function sayNoAnswer(error: unknown): string {
  if (!(error instanceof NoAnswer)) throw error;
  return error.code === 'RATE_LIMITED' ? words.tooMany(error.retryAfter ?? 60) : words.unreachable;
}

/** What the browser's authenticator answers, as JSON; null where nobody has let it. */
async function sign(challenge: string | null): Promise<string | null> {
  const asked = await ask('PasskeyAsk', { input: { challenge } }, null);
  if (!('options' in asked)) return null;
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(asked.options));
  const credential = await navigator.credentials.get({ publicKey }).catch(() => null);
  return credential instanceof PublicKeyCredential ? JSON.stringify(credential.toJSON()) : null;
}

const canSign = () => 'PublicKeyCredential' in window && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

const REFUSALS: Readonly<Record<string, string>> = {
  SignInRefused: words.wrongPassword,
  FactorRefused: words.wrongCode,
  ChallengeRefused: words.challengeEnded,
};

const field = (label: string, hint: string | null, facts: Parameters<typeof element>[1]) =>
  element(
    'label',
    {},
    label,
    hint === null ? null : element('small', {}, hint),
    element('input', { required: true, ...facts }),
  );

/** The whole of it: a password, then a code where one is asked for; or a passkey, or the provider. */
export class SignInForm {
  readonly root = element('div');
  private readonly problem = element('p', { role: 'alert' });

  constructor(private readonly parts: SignIn) {
    this.showPassword();
  }

  private button(label: string, act: () => Promise<string | null>): HTMLButtonElement {
    return element('button', { type: 'button', onclick: () => void this.run(act) }, label);
  }

  /** Runs one step, which gives what went wrong. */
  private async run(act: () => Promise<string | null>): Promise<void> {
    const buttons = this.root.querySelectorAll('button');
    for (const button of buttons) button.disabled = true;
    this.problem.textContent = '';
    const problem = await act().catch(sayNoAnswer);
    for (const button of buttons) button.disabled = false;
    this.problem.textContent = problem ?? '';
  }

  private form(act: (given: FormData) => Promise<string | null>, label: string, ...fields: HTMLElement[]) {
    const onsubmit = (event: Event) => {
      event.preventDefault();
      const given = new FormData(form);
      void this.run(() => act(given));
    };
    const submit = element('button', { class: 'main' }, label);
    const form = element('form', { onsubmit }, ...fields, this.problem, submit);
    return form;
  }

  private showPassword(): void {
    const { passkeys, provider } = this.parts;
    const others = [
      passkeys && canSign() ? this.button(words.byPasskey, () => this.byPasskey()) : null,
      provider ? element('a', { class: 'button', href: provider }, words.byProvider) : null,
    ].filter((way) => way !== null);
    this.root.replaceChildren(
      element('h2', {}, words.signInFirst),
      this.form(
        (given) => this.byPassword(given),
        words.signIn,
        field(words.email, null, {
          name: 'email',
          inputmode: 'email',
          autocomplete: 'username',
          autocapitalize: 'none',
        }),
        field(words.password, null, { name: 'password', type: 'password', autocomplete: 'current-password' }),
      ),
      ...(others.length > 0
        ? [element('p', { class: 'or' }, words.or), element('div', { class: 'ways' }, ...others)]
        : []),
    );
  }

  private showCode({ challenge, methods }: Challenge): void {
    const takesCode = methods.some((method) => method !== 'PASSKEY');
    const takesPasskey = methods.includes('PASSKEY') && canSign();
    const code = field(words.code, words.codeHint, {
      name: 'code',
      autocomplete: 'one-time-code',
      autocapitalize: 'characters',
      spellcheck: 'false',
    });
    const others = [
      takesPasskey ? this.button(words.byPasskey, () => this.confirmByPasskey(challenge)) : null,
      this.button(words.beginAnew, async () => {
        this.showPassword();
        return null;
      }),
    ];
    this.root.replaceChildren(
      element('h2', {}, words.signIn),
      takesCode
        ? this.form((given) => this.confirm(challenge, given), words.confirm, code)
        : element('div', {}, this.problem),
      element('div', { class: 'acts' }, ...others),
    );
    this.root.querySelector('input')?.focus();
  }

  private async byPassword(given: FormData): Promise<string | null> {
    const [email, password] = [String(given.get('email')), String(given.get('password'))];
    const result = await ask('SignIn', { input: { email, password, cookie: true } }, null);
    if (!('challenge' in result)) return this.settle(result);
    if (result.mustEnrol) return words.mustEnrol;
    this.showCode(result);
    return null;
  }

  private async confirm(challenge: string, given: FormData): Promise<string | null> {
    const code = String(given.get('code')).trim();
    return this.settle(await ask('SignInConfirm', { input: { challenge, code, cookie: true } }, null));
  }

  private async confirmByPasskey(challenge: string): Promise<string | null> {
    const passkey = await sign(challenge);
    if (passkey === null) return words.wrongPasskey;
    return this.settle(await ask('SignInConfirm', { input: { challenge, passkey, cookie: true } }, null));
  }

  private async byPasskey(): Promise<string | null> {
    const response = await sign(null);
    if (response === null) return words.wrongPasskey;
    const result = await ask('SignInByPasskey', { input: { response, cookie: true } }, null);
    return 'accessToken' in result ? this.settle(result) : words.wrongPasskey;
  }

  private settle(result: Signing): string | null {
    if ('accessToken' in result) {
      this.parts.session.begin(result);
      this.parts.done();
      return null;
    }
    const { message = words.refused } = result as { message?: string };
    return REFUSALS[(result as { __typename?: string }).__typename ?? ''] ?? message;
  }
}
