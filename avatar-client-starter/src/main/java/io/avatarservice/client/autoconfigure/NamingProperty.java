package io.avatarservice.client.autoconfigure;

/** Properties that name providers. */
enum NamingProperty {
    SELECTED("avatar.provider", "is", "AVATAR_PROVIDER"),
    FALLBACKS("avatar.failover.providers", "names", "AVATAR_FAILOVER_PROVIDERS");

    private final String property;
    private final String verb;
    private final String variable;

    NamingProperty(String property, String verb, String variable) {
        this.property = property;
        this.verb = verb;
        this.variable = variable;
    }

    String property() {
        return property;
    }

    /** For sentences: {@code avatar.provider is}. */
    String sentence() {
        return property + " " + verb;
    }

    String variable() {
        return variable;
    }
}
