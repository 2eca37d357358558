package jenkins.authentication.tokens.api;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsMatcher;

public final class AuthenticationTokens {
    private AuthenticationTokens() {}

    public static <T> CredentialsMatcher matcher(Class<T> tokenClass) {
        return tokenClass::isInstance;
    }

    /** Here a credential is its own token if it is one. */
    public static <T, C extends Credentials> T convert(Class<T> type, C credentials) {
        return type.isInstance(credentials) ? type.cast(credentials) : null;
    }
}
