package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.BitSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gives each pod a loopback address of its own, so that the default ports of two drivers never collide.
 *
 * <p>The addresses come from one /24 below 127.20.0.0/16. A listening socket in it, held until close, keeps the
 * kubelets of other clusters on the machine off it.
 */
final class PodAddresses implements AutoCloseable {

    private static final int LEASE_PORT = 10255;
    private static final int SUBNETS = 256;
    private static final int HOSTS = 254;

    private final ServerSocket lease;
    private final int subnet;
    private final BitSet used = new BitSet();
    private int last = 1;

    private PodAddresses(ServerSocket lease, int subnet) {
        this.lease = lease;
        this.subnet = subnet;
    }

    /**
     * Leases a subnet.
     *
     * @throws IOException when all are taken
     */
    static PodAddresses lease() throws IOException {
        int first = ThreadLocalRandom.current().nextInt(SUBNETS);
        IOException failure = null;
        for (int i = 0; i < SUBNETS; i++) {
            int subnet = (first + i) % SUBNETS;
            try {
                InetAddress address = InetAddress.getByName("127.20." + subnet + ".1");
                return new PodAddresses(new ServerSocket(LEASE_PORT, 1, address), subnet);
            } catch (IOException e) {
                failure = e;
            }
        }
        throw new IOException("No free subnet 127.20.N.0/24 for pods; stop other local clusters", failure);
    }

    /** An address that no living pod has. */
    synchronized String take() {
        for (int i = 0; i < HOSTS; i++) {
            last = last % HOSTS + 1;
            if (last > 1 && !used.get(last)) {
                used.set(last);
                return "127.20." + subnet + "." + last;
            }
        }
        throw new IllegalStateException("No free pod address in 127.20." + subnet + ".0/24");
    }

    synchronized void release(String address) {
        used.clear(Integer.parseInt(address.substring(address.lastIndexOf('.') + 1)));
    }

    @Override
    public void close() throws IOException {
        lease.close();
    }
}
