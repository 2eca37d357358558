package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.ExtensionPoint;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.ItemGroup;
import hudson.model.Run;
import hudson.security.Permission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.security.core.Authentication;

public abstract class CredentialsProvider extends Descriptor<CredentialsProvider>
        implements ExtensionPoint, Describable<CredentialsProvider> {
    public static final Permission USE_ITEM = new Permission("UseItem");

    private static final Map<String, IdCredentials> STORE = new LinkedHashMap<>();
    private static final List<Credentials> TRACKED = new ArrayList<>();

    /** For tests: becomes a credential of the root; removed by null. */
    public static void put(String id, IdCredentials credentials) {
        if (credentials == null) {
            STORE.remove(id);
        } else {
            STORE.put(id, credentials);
        }
    }

    /** For tests: all that was tracked so far. */
    public static List<Credentials> tracked() {
        return TRACKED;
    }

    public static <C extends IdCredentials> C findCredentialById(String id, Class<C> type, Run<?, ?> run) {
        IdCredentials found = STORE.get(id);
        return type.isInstance(found) ? type.cast(found) : null;
    }

    public static <C extends IdCredentials> C findCredentialByIdInItemGroup(
            String id,
            Class<C> type,
            ItemGroup<?> itemGroup,
            Authentication authentication,
            List<DomainRequirement> domainRequirements) {
        IdCredentials found = STORE.get(id);
        return type.isInstance(found) ? type.cast(found) : null;
    }

    @SuppressWarnings("rawtypes")
    public static <C extends Credentials> C track(Run build, C credentials) {
        TRACKED.add(credentials);
        return credentials;
    }
}
