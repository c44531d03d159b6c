/**
 * A signal to "process 0" goes to the whole process group, jest and all that runs beside it: a
 * forgotten `?? 0` would stop or kill the run without a word. Here it fails the one test instead.
 */
const kill = process.kill.bind(process);

process.kill = (pid, signal) => {
  if (pid === 0) throw new Error('No signal was sent: the process to signal is not known.');
  return kill(pid, signal);
};
