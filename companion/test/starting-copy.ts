/** Opens the database of its argument and exits: one of several processes that start at once. */

import {openDatabase} from '../src/companion.js';

const database = await openDatabase(process.argv[2] ?? '');
await database.close();
