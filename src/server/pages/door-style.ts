/** How the pages at doors look, on a phone and on a display, by day and by night. */
export const DOOR_STYLE = `
:root {
  color-scheme: light dark;
  --ink: #17202b; --soft: #566272; --ground: #f3f4f1; --card: #fff; --line: #dfe2dd; --accent: #1b6b58; --on-accent: #fff; --alarm: #a22b38;
  --free: #1b6b58; --awaited: #855300; --taken: #9c2f3b; --closed: #48535f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e9edf1; --soft: #a3afbc; --ground: #101418; --card: #1a2027; --line: #2f3843; --accent: #6fd0b5; --on-accent: #0c211b; --alarm: #f49aa3;
    --free: #15574a; --awaited: #6d4606; --taken: #7c2731; --closed: #333d48;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1.0625rem/1.5 system-ui, sans-serif; -webkit-text-size-adjust: 100%; }
h1, h2, h3, p, ul { margin: 0; padding: 0; }
ul { list-style: none; }
h1, h2, h3, li, p { overflow-wrap: anywhere; }
.when, time { font-variant-numeric: tabular-nums; }
.quiet { color: var(--soft); }
.FREE, .MINE { --mood: var(--free); } .TAKEN { --mood: var(--taken); } .CLOSED { --mood: var(--closed); } .AWAITED { --mood: var(--awaited); }
#door { background: var(--mood); color: #fff; transition: background-color 0.4s; }
.state { display: flex; align-items: center; gap: 0.35em; font-weight: 700; letter-spacing: -0.02em; line-height: 1.1; }
.state svg { flex: none; width: 0.8em; height: 0.8em; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; animation: none !important; } }

.check-in main { max-width: 34rem; margin: 0 auto; padding-bottom: 3rem; }
.check-in #door { padding: 2.25rem 1.5rem 3.5rem; }
.check-in #door h1 { font-size: 1.125rem; font-weight: 600; line-height: 1.3; }
.check-in #door h1:only-child { font-size: 2rem; font-weight: 700; }
.check-in .state { font-size: clamp(2rem, 9vw, 2.75rem); margin-top: 0.5rem; }
.check-in .until { margin-top: 0.25rem; }
.check-in main > :not(#door) { margin-left: 1rem; margin-right: 1rem; }
.check-in #said { margin-top: -2rem; }
.check-in #said:empty { min-height: 1rem; }
.check-in #said:not(:empty) { margin-bottom: 1rem; padding: 0.85rem 1.25rem; border-left: 0.3rem solid var(--accent); border-radius: 0.75rem; background: var(--card); box-shadow: 0 1px 2px #0002, 0 6px 20px #0001; font-weight: 600; }
.check-in #said.alarm:not(:empty) { border-color: var(--alarm); }
.check-in #said.spoken { position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; overflow: hidden; clip-path: inset(50%); }
.check-in #said.spoken + * { margin-top: -1rem; }
section, .check-in noscript p { margin: 0 0 1rem; padding: 1.25rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--card); }
section h2 { margin-bottom: 0.5rem; font-size: 0.9375rem; font-weight: 600; color: var(--soft); }
section h3 { font-size: 1.1875rem; line-height: 1.3; }
section :is(h2, h3):focus { outline: none; }
section:empty { display: none; }
section li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.5rem 1rem; padding: 0.75rem 0; }
section li + li { border-top: 1px solid var(--line); }
section li:last-child { padding-bottom: 0; }
section .when { font-weight: 600; }
.one { flex: 1 1 100%; }
.one .when { color: var(--soft); font-weight: 400; }
.one > p + p { margin-top: 0.35rem; }
.acts { display: flex; flex-wrap: wrap; gap: 0.6rem; margin-top: 1rem; }
.acts > button { flex: 1 1 auto; padding: 0.4rem 0.7rem; font-size: 1rem; }
.why { margin-top: 1rem; padding: 0.75rem 1rem; border-radius: 0.6rem; background: var(--ground); }
.why li { display: list-item; padding: 0; border: 0; }
button, .button { display: inline-flex; align-items: center; justify-content: center; min-height: 2.875rem; padding: 0.4rem 1.15rem; border: 1px solid var(--line); border-radius: 0.7rem; background: transparent; color: var(--ink); font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; }
button.main, form[method=post] button { border-color: transparent; background: var(--accent); color: var(--on-accent); }
.one button.main { flex-basis: 100%; min-height: 3.5rem; font-size: 1.1875rem; }
button:disabled { cursor: progress; opacity: 0.6; }
:is(button, .button, input):focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
#person h2 { margin-bottom: 1rem; }
#person form { display: grid; gap: 0.9rem; }
#person [role=alert] { color: var(--alarm); font-weight: 600; }
#person [role=alert]:empty { display: none; }
#person label { display: grid; gap: 0.3rem; font-weight: 600; }
#person label small { color: var(--soft); font-size: 0.9375rem; font-weight: 400; }
input { width: 100%; min-height: 2.875rem; padding: 0.4rem 0.85rem; border: 1px solid var(--soft); border-radius: 0.7rem; background: var(--ground); color: var(--ink); font: inherit; }
.or { display: flex; align-items: center; gap: 0.75rem; margin: 1rem 0; color: var(--soft); font-size: 0.9375rem; }
.or::before, .or::after { content: ''; flex: 1; border-top: 1px solid var(--line); }
.ways { display: grid; gap: 0.6rem; }
.signed-in { display: flex; align-items: center; justify-content: space-between; gap: 1rem; overflow-wrap: anywhere; }
.signed-in button { flex: none; }
@media (min-width: 40rem) {
  .check-in main { padding-top: 3.5rem; }
  .check-in #door { border-radius: 1.5rem; padding: 2.25rem 2rem 3.75rem; }
  .check-in main > :not(#door) { margin-left: 2rem; margin-right: 2rem; }
}

.display main { --bar: clamp(2.25rem, 5vmin, 3.5rem); display: flex; flex-direction: column; min-height: 100vh; min-height: 100svh; }
.display #door { flex: 1; display: flex; flex-direction: column; gap: 2vmin; padding: 5vmin 6vmin; }
.display h1 { max-width: 75vw; font-size: clamp(1.5rem, 5.5vmin, 4rem); font-weight: 600; line-height: 1.15; }
.display .standing { margin: auto 0; }
.display .state { font-size: clamp(3.5rem, min(21vmin, 15vw), 15rem); }
.display .until { min-height: 1.5em; font-size: clamp(1.25rem, 5vmin, 3.25rem); }
.display .beside { display: flex; flex-wrap: wrap; align-items: flex-end; justify-content: space-between; gap: 4vmin; }
.display .next { flex: 1 1 16rem; font-size: clamp(1.0625rem, 2.8vmin, 2rem); }
.display h2 { margin-bottom: 0.4em; font-size: 1em; font-weight: 600; }
.display li { display: flex; flex-wrap: wrap; gap: 0 1.5em; padding: 0.45em 0; border-top: 1px solid #ffffff59; }
.display ul + h2 { margin-top: 0.8em; }
.display .when { min-width: 12em; font-weight: 600; }
.scan { flex: none; margin: 0; padding: 1.25vmin; border-radius: 1.5vmin; background: #fff; color: #17202b; text-align: center; }
.scan svg { display: block; width: clamp(7rem, 22vmin, 16rem); height: auto; }
.scan figcaption { width: 0; min-width: 100%; padding-bottom: 0.4em; line-height: 1.25; font-size: clamp(0.875rem, 2vmin, 1.375rem); font-weight: 600; }
#clock { position: absolute; top: 5vmin; right: 6vmin; color: #fff; font-size: clamp(1.5rem, 5.5vmin, 4rem); font-weight: 600; line-height: 1.15; }
#lost { padding: 0 0.5em; line-height: var(--bar); background: #17202b; color: #fff; text-align: center; font-size: clamp(1rem, 2.6vmin, 1.75rem); }
#lost:not([hidden]) ~ #clock { margin-top: var(--bar); }
#ended { display: grid; place-items: center; min-height: 100vh; font-size: 1.5rem; }
@media print { #door { print-color-adjust: exact; } }
`;
