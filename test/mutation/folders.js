/**
 * Says which source belongs to which tests, and how those run. When a folder moves, this table is all that changes.
 *
 * `source` and `tests` are folders or files. Of the tests only those run that import the changed file, however
 * indirectly. `node` runs files one by one in Node, those written for the browser too where they need no page;
 * `browser` runs them in Chromium. `only` narrows tests by name, `postgres` starts a server for the run.
 */
export const folders = [
  {name: 'core', source: ['src/core'], tests: ['test/core'], in: 'node'},
  {name: 'stats', source: ['src/stats'], tests: ['test/stats'], in: 'node'},
  {
    name: 'report',
    source: ['src/report'],
    tests: ['test/report', 'test/cli/experiments.node.ts'],
    in: 'node',
  },
  {
    name: 'gifts',
    source: ['src/server/gifts'],
    tests: ['test/server', 'test/cli/commands.node.ts'],
    except: /abuse|copies|demo|gate|jobs|killed|leaks|mail|orders|outage|restore|robots|workers/,
    in: 'node',
    postgres: true,
  },
  {
    name: 'passes',
    source: ['src/server/passes'],
    tests: ['test/server'],
    except: /abuse|copies|demo|gate|jobs|killed|leaks|mail|orders|outage|restore|robots|workers/,
    in: 'node',
    postgres: true,
  },
  {
    name: 'limits',
    source: ['src/server/limits'],
    tests: [
      'test/server/limits.node.ts',
      'test/server/sliding-window.node.ts',
      'test/server/sql-limits.node.ts',
    ],
    in: 'node',
    postgres: true,
  },
  {
    name: 'page',
    source: ['src/start.ts', 'src/present.ts', 'src/enrol.ts', 'src/care.ts', 'src/join.ts'],
    tests: ['test/start', 'test/browser'],
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
