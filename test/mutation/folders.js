/**
 * Says which source belongs to which tests, and how those run. When a folder moves, this table is all that changes.
 *
 * `source` and `tests` are folders or files. Of the tests only those run that import the changed file, however
 * indirectly. `node` runs files one by one in Node, those written for the browser too where they need no page;
 * `browser` runs them in Chromium. `only` narrows tests by name, `postgres` starts a server for the run.
 */
export const folders = [
  {name: 'core', source: ['src/core'], tests: ['test/core'], in: 'node'},
  {name: 'stats', source: ['companion/src/stats'], tests: ['companion/test/stats'], in: 'node'},
  {
    name: 'report',
    source: ['companion/src/report'],
    tests: ['companion/test/report', 'companion/test/cli/experiments.node.ts'],
    in: 'node',
  },
  {
    name: 'gifts',
    source: ['companion/src/gifts'],
    tests: ['companion/test'],
    except: /abuse|copies|demo|gate|jobs|killed|leaks|mail|orders|outage|restore|robots|workers/,
    in: 'node',
    postgres: true,
  },
  {
    name: 'passes',
    source: ['companion/src/passes'],
    tests: ['companion/test'],
    except: /abuse|copies|demo|gate|jobs|killed|leaks|mail|orders|outage|restore|robots|workers/,
    in: 'node',
    postgres: true,
  },
  {
    name: 'limits',
    source: ['companion/src/limits'],
    tests: [
      'companion/test/limits/limits.node.ts',
      'companion/test/limits/sliding-window.node.ts',
      'companion/test/limits/sql-limits.node.ts',
    ],
    in: 'node',
    postgres: true,
  },
  {
    name: 'page',
    source: [
      'src/page/start.ts',
      'src/page/show-appeal.ts',
      'src/page/run-experiments.ts',
      'src/page/update-reader-record.ts',
      'src/page/connect-companion.ts',
    ],
    tests: ['test/page', 'test/browser'],
    in: 'browser',
  },
  {
    name: 'controllers',
    source: ['src/controllers'],
    tests: ['test/controllers', 'test/elements'],
    except: /tabs/,
    in: 'browser',
  },
];
