package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;

public interface Item extends PersistenceRoot, ModelObject, AccessControlled {
    Permission READ = new Permission("Read");
    Permission CANCEL = new Permission("Cancel");
    Permission CONFIGURE = new Permission("Configure");
    Permission EXTENDED_READ = new Permission("ExtendedRead");

    ItemGroup<? extends Item> getParent();

    String getName();

    String getFullName();

    @Override
    String getDisplayName();
}
