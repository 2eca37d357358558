package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;

public interface Item extends PersistenceRoot, ModelObject, AccessControlled {
    Permission READ = new Permission("Read");
    Permission CONFIGURE = new Permission("Configure");
    Permission BUILD = new Permission("Build");
    Permission EXTENDED_READ = new Permission("ExtendedRead");
    Permission CANCEL = new Permission("Cancel");

    ItemGroup<? extends Item> getParent();

    String getName();

    String getFullName();

    @Override
    String getDisplayName();
}
