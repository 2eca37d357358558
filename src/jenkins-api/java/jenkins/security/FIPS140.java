package jenkins.security;

public class FIPS140 {
    public static boolean useCompliantAlgorithms() {
        return Boolean.getBoolean("jenkins.security.FIPS140.COMPLIANCE");
    }
}
