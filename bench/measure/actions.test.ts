import { describe, expect, it } from '@jest/globals';
import { addedActions, parseActions, totalActions } from './actions';

const TEXT = `# TYPE action counter
action{action_type="command_StartTimer",namespace="test_one",operation="a",service_name="frontend"} 2
action{action_type="command_StartTimer",namespace="test_one",operation="b",service_name="frontend"} 1
action{action_type="grpc_SignalWorkflowExecution",namespace="test_one",operation="c",service_name="frontend"} 4
action{action_type="grpc_SignalWorkflowExecution",namespace="other",operation="c",service_name="frontend"} 40
actions{action_type="grpc_SignalWorkflowExecution",namespace="test_one"} 50
`;

describe("the server's count of Actions", () => {
  it('is read for one namespace, whose dashes it writes as underscores', () => {
    expect(parseActions(TEXT, 'test-one')).toEqual(
      new Map([
        ['command_StartTimer', 3],
        ['grpc_SignalWorkflowExecution', 4],
      ]),
    );
  });

  it('tells what was added between two readings', () => {
    const before = new Map([['command_StartTimer', 3]]);
    const added = addedActions(before, parseActions(TEXT, 'test-one'));
    expect(added).toEqual(new Map([['grpc_SignalWorkflowExecution', 4]]));
    expect(totalActions(added)).toBe(4);
  });
});
