/** Lists names that a newsroom may give its experiments. */
export const plausibleNames: readonly string[] = [
  ...Array.from({length: 12}, (_, i) => `appeal-${i + 1}`),
  ...['copy', 'amounts', 'headline', 'button', 'format', 'reminder', 'cadence', 'monthly-first'],
  ...['2026-11-copy', '2026-12-copy', '2027-01-copy', 'autumn', 'winter', 'spring', 'summer'],
  ...['autumn-appeal', 'winter-appeal', 'spring-appeal', 'summer-appeal', 'year-end'],
  ...['a', 'b', 'test', 'test-1', 'test-2'],
];
