package hudson.security;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

public abstract class ACL {
    public static final Authentication SYSTEM2 = new Authentication() {};

    public final void checkPermission(Permission permission) {
        if (!hasPermission(permission)) {
            throw new AccessDeniedException("missing the " + permission + " permission");
        }
    }

    public final boolean hasPermission(Permission permission) {
        return hasPermission2(SYSTEM2, permission);
    }

    public abstract boolean hasPermission2(Authentication authentication, Permission permission);
}
