package hudson.security;

import java.util.Arrays;

public interface AccessControlled {
    ACL getACL();

    default void checkPermission(Permission permission) {
        getACL().checkPermission(permission);
    }

    default void checkAnyPermission(Permission... permissions) {
        if (Arrays.stream(permissions).noneMatch(this::hasPermission)) {
            checkPermission(permissions[0]);
        }
    }

    default boolean hasPermission(Permission permission) {
        return getACL().hasPermission(permission);
    }
}
