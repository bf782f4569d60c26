// A screen that nobody sees, for what a headless browser cannot do. Linux with Xvfb only.

import { spawn } from 'node:child_process';

/**
 * @returns {Promise<{ name: string, close: () => void } | null>} null where there is no Xvfb
 */
export async function openDisplay() {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const close = () => {
    child.kill();
  };
  process.once('exit', close);
  // Xvfb writes the number that it found free.
  const number = await new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', () => resolve(null));
    child.stdio[3]?.once('data', (data) => resolve(String(data).trim()));
  });
  if (number === null) return null;
  return {
    name: `:${number}`,
    close: () => {
      process.removeListener('exit', close);
      close();
    },
  };
}
