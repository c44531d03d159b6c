import { connectLazily } from '../../temporal/connection';
import { missingSearchAttributes } from '../../temporal/search-attributes';
import { ill, reasonOf, well, type Examination } from './finding';

/** Whether Temporal is reached, and has the namespace and the search attributes. */
export const examineTemporal: Examination = async ({ temporal }) => {
  if (!temporal) {
    return [
      well('TEMPORAL_ADDRESS is not set: "castellan all" starts an embedded Temporal server'),
    ];
  }
  const { address, namespace } = temporal;
  const connection = connectLazily(temporal);
  const inTime = <T>(ask: () => Promise<T>): Promise<T> =>
    connection.withDeadline(Date.now() + 5_000, ask);
  try {
    try {
      await inTime(() => connection.workflowService.getSystemInfo({}));
    } catch (error) {
      return [
        ill(
          `Temporal is not reached at ${address}: ${reasonOf(error)}.`,
          'See that it runs, and that TEMPORAL_ADDRESS, the API key or the TLS files are right.',
        ),
      ];
    }
    try {
      await inTime(() => connection.workflowService.describeNamespace({ namespace }));
    } catch (error) {
      return [
        ill(
          `Temporal at ${address} does not give out the namespace "${namespace}": ${reasonOf(error)}.`,
          `Create it with "temporal operator namespace create --namespace ${namespace}", or set TEMPORAL_NAMESPACE.`,
        ),
      ];
    }
    const missing = await inTime(() => missingSearchAttributes(connection, namespace));
    if (missing.length === 0) {
      return [well(`Temporal is reached at ${address}, with namespace and search attributes`)];
    }
    return [
      ill(
        `The Temporal namespace "${namespace}" lacks ${missing.map(({ name }) => name).join(', ')}.`,
        'Run "castellan migrate". In Temporal Cloud, add them in its web page.',
      ),
    ];
  } catch (error) {
    return [
      ill(
        `The search attributes cannot be read: ${reasonOf(error)}.`,
        'Temporal Cloud shows them in its web page only; elsewhere, see that the operator service is allowed.',
      ),
    ];
  } finally {
    await connection.close();
  }
};
