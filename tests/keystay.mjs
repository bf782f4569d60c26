// The command line tool that `./build.sh` has built, for scripts and tests.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const MOST_OUTPUT = 1 << 28;

/**
 * Runs the tool and gives what it printed. `KEYSTAY_CLI` says where it is; build.sh sets it.
 * @param {string[]} args
 * @param {string} [input] what it reads from standard input
 */
export function keystay(args, input = '') {
  const tool = process.env.KEYSTAY_CLI ?? 'target/debug/keystay';
  if (!existsSync(tool)) throw new Error(`${tool} is missing: run ./build.sh, or set KEYSTAY_CLI to where the tool is`);
  return execFileSync(tool, args, { encoding: 'utf8', input, maxBuffer: MOST_OUTPUT });
}
