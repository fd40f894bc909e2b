/** Declares the theme `gazette`: warm paper, claret, old-style serif throughout. */

export const gazette = `
  --support-background: light-dark(#fcefdf, #231a17);
  --support-text: light-dark(#2a1b17, #f5e8dc);
  --support-muted: light-dark(#6a5048, #c6afa3);
  --support-border: light-dark(#8c6f61, #987f70);
  --support-rule: light-dark(#8a1538, #ec93aa);
  --support-rule-width: 2px;
  --support-kicker: light-dark(#8a1538, #f2a3b6);
  --support-accent: light-dark(#a80f3c, #ff9ab3);
  --support-on-accent: light-dark(#fff, #2b0711);
  --support-edge: light-dark(#820a2d, #ff9ab3);
  --support-tint: light-dark(#fff9f1, #33261f);
  --support-highlight: light-dark(#f7d3b4, #55341f);
  --support-error: light-dark(#9a2400, #ffb08f);
  --support-focus: light-dark(#2a1b17, #f5e8dc);
  --support-field: light-dark(#fffaf3, #2b211d);
  --support-font: Charter, 'Bitstream Charter', 'Source Serif 4', Georgia, serif;
  --support-heading-font: Charter, 'Bitstream Charter', 'Source Serif 4', Georgia, serif;
  --support-heading-weight: 600;
  --support-radius: 2px;
`;
