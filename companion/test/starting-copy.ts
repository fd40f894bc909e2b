/** One of several copies that start at once: opens the database of its argument and ends. */

import {openDatabase} from '../src/companion.js';

const database = await openDatabase(process.argv[2] ?? '');
await database.close();
