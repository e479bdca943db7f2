import type { NotSignedIn } from '../../domain/auth/provider/finish-visit.js';

/** Why nobody was signed in; AWAY: the provider or the database does not answer. */
export type Problem = NotSignedIn | 'AWAY';

interface Words {
  readonly status: number;
  readonly heading: string;
  readonly advice: string;
}

const WORDS: Readonly<Record<Problem, Words>> = {
  AWAY: {
    status: 503,
    heading: 'Signing in elsewhere does not work right now',
    advice:
      'The service where you sign in does not answer. Try again in a moment. Whoever has a password for Holdfast can sign in with it meanwhile.',
  },
  NOT_ANSWERED: {
    status: 400,
    heading: 'You are not signed in',
    advice: 'It was given up, has taken too long, or was tried from an old page. Begin again.',
  },
  CLOSED: {
    status: 403,
    heading: 'This account is closed',
    advice: 'An administrator of Holdfast can tell you why, and open it again.',
  },
  ACCOUNT_EXISTS: {
    status: 403,
    heading: 'There is an account with your address already',
    advice:
      'Sign in to it as before and link this way of signing in, or ask an administrator of Holdfast to permit it.',
  },
  NO_ADDRESS: {
    status: 403,
    heading: 'Your address is not verified',
    advice: 'Verify your email address where you have just signed in. Then try again.',
  },
  UNKNOWN: {
    status: 403,
    heading: 'You have no account here',
    advice: 'Ask an administrator of Holdfast for one.',
  },
};

export const statusOfProblem = (problem: Problem): number => WORDS[problem].status;

/** Fixed words only: nothing that came with the request, and nothing that the provider has said. */
export function problemPage(problem: Problem): string {
  const { heading, advice } = WORDS[problem];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${heading} · Holdfast</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="../../signpost.css">
</head>
<body>
<main>
<h1>${heading}</h1>
<p role="alert">${advice}</p>
<p><a href="start">Try again</a> &nbsp; <a href="../../">Holdfast</a></p>
</main>
</body>
</html>
`;
}
