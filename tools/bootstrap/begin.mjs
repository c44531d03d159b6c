/**
 * The first code that runs. It and the entry files are written so that every Node since 13.2 reads
 * them: an old one shall say what is wrong, not stumble over syntax.
 */
const OLDEST_NODE = 20;

/**
 * Runs a task once this is known to be a Node that can.
 *
 * @param {string[]} words the task's name and its arguments
 */
export function begin(words) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) {
    process.stderr.write(
      'castellan: Node.js ' +
        process.versions.node +
        ' is too old: install Node.js ' +
        OLDEST_NODE +
        ' or newer, then start again.\n',
    );
    process.exitCode = 1;
    return;
  }
  import('./task.mjs').then(function (module) {
    return module.runTask(words);
  });
}
