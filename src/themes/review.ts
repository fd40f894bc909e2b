/** Declares the theme `review`: quiet green-grey, a humanist serif over sans, generous corners. */

export const review = `
  --support-background: light-dark(#f2f5f2, #171f1d);
  --support-text: light-dark(#15211d, #e7efec);
  --support-muted: light-dark(#4a5c56, #a9bab5);
  --support-border: light-dark(#6b7f78, #78908a);
  --support-rule: light-dark(#15211d, #e7efec);
  --support-rule-width: 1px;
  --support-kicker: light-dark(#086353, #83dcc6);
  --support-accent: light-dark(#00705c, #5fe0c0);
  --support-on-accent: light-dark(#fff, #03211a);
  --support-edge: light-dark(#005645, #5fe0c0);
  --support-tint: light-dark(#dfece7, #22322e);
  --support-highlight: light-dark(#cfe9df, #1f473d);
  --support-error: light-dark(#a32413, #ffa894);
  --support-focus: light-dark(#15211d, #e7efec);
  --support-field: light-dark(#fff, #1e2826);
  --support-font: 'Avenir Next', Avenir, 'Helvetica Neue', Helvetica, Arial, sans-serif;
  --support-heading-font: 'Iowan Old Style', 'Palatino Linotype', Palatino, P052, 'Book Antiqua', serif;
  --support-copy-font: 'Iowan Old Style', 'Palatino Linotype', Palatino, P052, 'Book Antiqua', serif;
  --support-heading-weight: 600;
  --support-radius: 12px;
  --support-space: 1.4em;
`;
