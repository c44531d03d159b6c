import { describe, expect, it } from '@jest/globals';
import { readServerLine } from './server-line';

const UUID = '069a79f4-44e9-4726-a5be-fca90e38aaf5';
const chat = { type: 'chat', name: 'Steve', text: 'ABCD-1234' };

describe("a line of a server's log", () => {
  it.each([
    '[12:34:56] [Server thread/INFO]: <Steve> ABCD-1234',
    '[12:34:56] [Server thread/INFO]: [Not Secure] <Steve> ABCD-1234',
    '[12:34:56] [Async Chat Thread - #12/INFO]: <Steve> §aABCD-1234',
    '[12:34:56] [Async Chat Thread - #0/INFO]: [Not Secure] <Steve> ABCD-1234',
    '[12:34:56] [Server thread/INFO] [net.minecraft.server.MinecraftServer/]: <Steve> ABCD-1234',
    '[05Nov2025 12:34:56.789] [Server thread/INFO] [net.minecraft.server.dedicated.DedicatedServer/]: <Steve> ABCD-1234',
    '[12:34:56] [Server thread/INFO] (Minecraft) <Steve> ABCD-1234',
    '[12:34:56] [Server thread/INFO] (MinecraftServer) [Not Secure] <Steve> ABCD-1234',
  ])('is what a player said: %s', (line) => {
    expect(readServerLine(line)).toEqual(chat);
  });

  it.each([
    `[12:34:56] [User Authenticator #1/INFO]: UUID of player Steve is ${UUID}`,
    `[05Nov2025 12:34:56.789] [User Authenticator #23/INFO] [net.minecraft.server.network.ServerLoginPacketListenerImpl/]: UUID of player Steve is ${UUID.toUpperCase()}`,
    `[12:34:56] [User Authenticator #1/INFO] (Minecraft) UUID of player Steve is ${UUID}`,
  ])('is who a player is: %s', (line) => {
    expect(readServerLine(line)).toEqual({ type: 'uuid', name: 'Steve', uuid: UUID });
  });

  const spoofed = '[12:34:57] [Server thread/INFO]: <Steve> ABCD-1234';
  const lie = `[12:34:57] [User Authenticator #1/INFO]: UUID of player Steve is ${UUID}`;
  it.each([
    ['what another player says', `[12:34:56] [Server thread/INFO]: <Alex> ${spoofed}`],
    ['what another player says', `[12:34:56] [Server thread/INFO]: <Alex> ${lie}`],
    ['what another player says', '[12:34:56] [Server thread/INFO]: <Alex> <Steve> ABCD-1234'],
    ['/me', '[12:34:56] [Server thread/INFO]: * Alex <Steve> ABCD-1234'],
    ['/me', `[12:34:56] [Server thread/INFO]: * Alex ${lie}`],
    ['/say', '[12:34:56] [Server thread/INFO]: [Alex] <Steve> ABCD-1234'],
    ['/say', '[12:34:56] [Server thread/INFO]: [Not Secure] [Alex] <Steve> ABCD-1234'],
    ['RCON', `[12:34:56] [Server thread/INFO]: [Rcon: <Steve> ABCD-1234]`],
    ['a command', '[12:34:56] [Server thread/INFO]: Alex issued server command: <Steve> ABCD-1234'],
    [
      "a pet's name",
      "[12:34:56] [Server thread/INFO]: Named entity Wolf['<Steve> ABCD-1234'/27] died: <Steve> ABCD-1234",
    ],
    ['a death', '[12:34:56] [Server thread/INFO]: Alex was slain by <Steve> ABCD-1234'],
    ['another thread', `[12:34:56] [Server thread/INFO]: UUID of player Steve is ${UUID}`],
    ['another thread', '[12:34:56] [Netty Server IO #1/INFO]: <Steve> ABCD-1234'],
    [
      'another thread',
      `[12:34:56] [x User Authenticator #1/INFO]: UUID of player Steve is ${UUID}`,
    ],
    ['another level', '[12:34:56] [Server thread/WARN]: <Steve> ABCD-1234'],
    ['a decorated name', '[12:34:56] [Server thread/INFO]: <[VIP] Steve> ABCD-1234'],
    ['no line of the server', '<Steve> ABCD-1234'],
    ['no line of the server', ` ${spoofed}`],
    ['more than a UUID', `${lie} x`],
    ['no UUID', '[12:34:57] [User Authenticator #1/INFO]: UUID of player Steve is null'],
  ])('is neither: %s', (_, line) => {
    const read = readServerLine(line);
    expect(read?.type).not.toBe('uuid');
    expect(['Alex', undefined]).toContain(read?.name);
  });
});
