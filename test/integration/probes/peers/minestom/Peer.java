import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * Starts Minestom on 127.0.0.1: java Peer PORT
 *
 * Its classes are written for a newer Java than the compiler that is at hand may know, so that they are
 * only named here.
 */
public final class Peer {
  public static void main(String[] args) throws Exception {
    Class<?> type = Class.forName("net.minestom.server.MinecraftServer");
    Object server = type.getMethod("init").invoke(null);
    SocketAddress address = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
    type.getMethod("start", SocketAddress.class).invoke(server, address);
    System.out.println("ready");
  }
}
