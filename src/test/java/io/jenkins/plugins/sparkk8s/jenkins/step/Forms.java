package io.jenkins.plugins.sparkk8s.jenkins.step;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import hudson.security.Permission;
import java.io.File;
import java.util.Set;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** A job, and a Jenkins, in which one may do certain things and nothing else. */
public final class Forms {
    private Forms() {}

    private record Allowing(Set<Permission> permissions) {
        ACL acl() {
            return new ACL() {
                @Override
                public boolean hasPermission2(Authentication authentication, Permission permission) {
                    return permissions.contains(permission);
                }
            };
        }
    }

    /** Forms outside of a job ask this one. */
    public static void jenkinsAllowing(Permission... permissions) {
        Jenkins.set(new Jenkins(new Allowing(Set.of(permissions)).acl()));
    }

    public static Item jobAllowing(Permission... permissions) {
        return new Item() {
            @Override
            public ItemGroup<? extends Item> getParent() {
                return null;
            }

            @Override
            public String getName() {
                return "job";
            }

            @Override
            public String getFullName() {
                return "job";
            }

            @Override
            public String getDisplayName() {
                return "job";
            }

            @Override
            public File getRootDir() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void save() {}

            @Override
            public ACL getACL() {
                return new Allowing(Set.of(permissions)).acl();
            }
        };
    }
}
