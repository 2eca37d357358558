package hudson;

import hudson.model.Describable;
import hudson.model.Saveable;
import hudson.util.Secret;
import java.io.Serializable;
import java.net.InetSocketAddress;
import java.net.Proxy;

public final class ProxyConfiguration implements Describable<ProxyConfiguration>, Saveable, Serializable {
    public final String name;
    public final int port;

    public ProxyConfiguration(String name, int port) {
        this.name = name;
        this.port = port;
    }

    public Proxy createProxy(String host) {
        return host.startsWith("127.")
                ? Proxy.NO_PROXY
                : new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(name, port));
    }

    public String getUserName() {
        return null;
    }

    public Secret getSecretPassword() {
        return null;
    }

    @Override
    public void save() {}
}
