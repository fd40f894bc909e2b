/** Lets every test in a browser begin at the same moment, so that none depends on the day it runs. */

/**
 * The script that sets a page's clock. It goes on from there as clocks do. `NOW=2027-03-31T23:59Z npx wtr`
 * tries another moment.
 */
export const fixedClock = `<script>(${setClock})(${Date.parse(process.env.NOW ?? '2026-05-12T12:00Z')})</script>`;

function setClock(start) {
  const {Date: RealDate} = globalThis;
  const shift = start - RealDate.now();
  globalThis.Date = class Date extends RealDate {
    constructor(...parts) {
      if (parts.length === 0) super(RealDate.now() + shift);
      else super(...parts);
    }

    static now() {
      return RealDate.now() + shift;
    }
  };
}
