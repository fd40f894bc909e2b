/** Holds the style sheet of the fake's pages: readable at 320 px, in light and dark. */

export const payPageStyle: string = `
:root {
  color-scheme: light dark;
  --ink: #1c1f23;
  --soft: #565d66;
  --paper: #f4f2ee;
  --card: #fff;
  --line: #8a8f96;
  --deep: #1f5f4a;
  --on-deep: #fff;
  --warn: #6b4500;
  --warn-paper: #fff3d6;
  --bad: #9b1c1c;
  --bad-paper: #fdecec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #eceae6;
    --soft: #b3b8be;
    --paper: #15171a;
    --card: #1f2226;
    --line: #7d848c;
    --deep: #8fd6bb;
    --on-deep: #0d2a20;
    --warn: #ffdf9e;
    --warn-paper: #3a2d10;
    --bad: #ffb4b4;
    --bad-paper: #441a1a;
  }
}
*, ::before, ::after { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif;
}
body.framed { background: none; }
main {
  max-inline-size: 28rem;
  margin: clamp(1rem, 8vh, 5rem) auto;
  padding: clamp(1rem, 5vw, 2rem);
  background: var(--card);
  border-radius: .75rem;
  box-shadow: 0 1px 3px rgb(0 0 0 / .15), 0 10px 30px rgb(0 0 0 / .06);
}
body.framed main { margin: 0 auto; box-shadow: none; }
.notice {
  margin: 0 0 1.5rem;
  padding: .625rem .875rem;
  border: 2px dashed var(--warn);
  border-radius: .5rem;
  background: var(--warn-paper);
  color: var(--warn);
  font-size: .9375rem;
}
h1 { margin: 0; font-size: 1.125rem; font-weight: 600; color: var(--soft); overflow-wrap: anywhere; }
.price { margin: .25rem 0 1.5rem; color: var(--soft); }
.price strong { color: var(--ink); font-size: 2.25rem; line-height: 1.2; overflow-wrap: anywhere; }
.email { margin-block: -1rem 1.5rem; color: var(--soft); overflow-wrap: anywhere; }
.declined {
  padding: .625rem .875rem;
  border-inline-start: 4px solid var(--bad);
  background: var(--bad-paper);
  color: var(--bad);
}
form { display: grid; gap: .75rem; }
button {
  min-block-size: 3rem;
  padding: .5rem 1rem;
  border: 1px solid var(--line);
  border-radius: .5rem;
  background: none;
  color: var(--ink);
  font: inherit;
  cursor: pointer;
}
button.pay { border-color: var(--deep); background: var(--deep); color: var(--on-deep); font-weight: 600; }
button:hover { text-decoration: underline; }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
a { color: var(--deep); }
a[rel=back] { display: inline-block; padding-block: .75rem; }
main > p:last-child { margin-block-end: 0; }
ul { margin: 0; padding: 0; list-style: none; }
li { padding-block: 1rem; border-block-end: 1px solid var(--line); }
li .price { margin-block-end: .25rem; }
li p { margin-block: 0 .75rem; }
@media (forced-colors: active) { main { border: 1px solid; } }
`;
