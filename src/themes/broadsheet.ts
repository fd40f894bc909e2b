/** Declares the theme `broadsheet`: black ink, square corners, one red. */

export const broadsheet = `
  --support-background: light-dark(#fff, #141414);
  --support-text: light-dark(#121212, #efefef);
  --support-muted: light-dark(#565656, #adadad);
  --support-border: light-dark(#767676, #868686);
  --support-rule: light-dark(#121212, #efefef);
  --support-rule-width: 6px;
  --support-kicker: light-dark(#b8141a, #ff7d73);
  --support-accent: light-dark(#c9151b, #ff7469);
  --support-on-accent: light-dark(#fff, #140302);
  --support-edge: light-dark(#a00f14, #ff7469);
  --support-tint: light-dark(#f4f4f2, #242424);
  --support-highlight: light-dark(#ffe9a3, #4c3d0c);
  --support-error: light-dark(#a01010, #ffa79e);
  --support-focus: light-dark(#0b57a4, #8ec2ff);
  --support-field: light-dark(#fff, #1c1c1c);
  --support-font: 'Helvetica Neue', Helvetica, Arial, sans-serif;
  --support-heading-font: 'Times New Roman', Times, serif;
  --support-copy-font: 'Times New Roman', Times, serif;
  --support-heading-size: clamp(1.5em, 0.9em + 5cqi, 2.625em);
  --support-radius: 0;
`;
