package io.jenkins.plugins.sparkk8s.jenkins.step;

import hudson.util.FormValidation;
import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.ConfigOptions;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KeyPrefixes;
import io.jenkins.plugins.sparkk8s.conf.Misspellings;
import io.jenkins.plugins.sparkk8s.conf.Redaction;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.jenkins.model.ConfText;
import io.jenkins.plugins.sparkk8s.jenkins.model.ConfText.Entry;
import io.jenkins.plugins.sparkk8s.jenkins.model.FieldChecks;
import io.jenkins.plugins.sparkk8s.jenkins.model.SparkArgument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What may be said of the configuration entries while they are typed; no value is repeated that may be a secret. */
final class ConfCheck {
    private final List<FormValidation> findings = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Map<String, String> known = new LinkedHashMap<>();

    private ConfCheck() {}

    static FormValidation of(String text) {
        ConfCheck check = new ConfCheck();
        ConfText.entries(text).forEach(check::check);
        check.byRulesOfTheSubmission();
        return switch (check.findings.size()) {
            case 0 -> FormValidation.ok();
            case 1 -> check.findings.get(0);
            default -> FormValidation.aggregate(check.findings);
        };
    }

    private void check(Entry entry) {
        String key = entry.key();
        if (key.isEmpty()) {
            findings.add(FormValidation.error(Messages.ConfCheck_NoKey(entry.number())));
        } else if (!entry.separated()) {
            findings.add(FormValidation.error(Messages.ConfCheck_NoValue(key)));
        } else if (!seen.add(key)) {
            findings.add(FormValidation.warning(Messages.ConfCheck_Twice(key)));
        } else if (!FieldChecks.hasVariable(key)) {
            ofKey(entry).ifPresent(findings::add);
        }
        if (!FieldChecks.hasVariable(key) && !FieldChecks.hasVariable(entry.value())) {
            known.put(key, entry.value());
        }
    }

    private static Optional<FormValidation> ofKey(Entry entry) {
        String key = entry.key();
        if (key.equals(CoreOptions.MASTER.key())) {
            return Optional.of(FormValidation.error(Messages.ConfCheck_Master()));
        }
        if (!key.startsWith(KeyPrefixes.SPARK)) {
            return Optional.of(FormValidation.warning(Messages.ConfCheck_NotSpark(key)));
        }
        if (Redaction.defaults().isSecret(key) && !Redaction.namesObjects(key)) {
            return Optional.of(secret(entry));
        }
        if (writtenBySubmitter(key)) {
            return Optional.of(FormValidation.warning(Messages.ConfCheck_Written(key)));
        }
        return SparkArgument.ofKey(key)
                .filter(own -> own.canSet(entry.value()))
                .map(own -> FormValidation.warning(Messages.ConfCheck_OwnField(key, own.argument())));
    }

    /** With a variable the value is not stored with the job at least; the ConfigMap has it all the same. */
    private static FormValidation secret(Entry entry) {
        return FieldChecks.hasVariable(entry.value())
                ? FormValidation.warning(Messages.ConfCheck_SecretVariable(entry.key()))
                : FormValidation.error(Messages.ConfCheck_Secret(entry.key()));
    }

    private static boolean writtenBySubmitter(String key) {
        ConfigOption<?> option = ConfigOptions.byKey().get(key);
        return option != null && option.side() == ConfigOption.Side.WRITTEN;
    }

    private void byRulesOfTheSubmission() {
        SparkConf conf = SparkConf.of(known);
        Misspellings.warnings(conf).forEach(warning -> findings.add(FormValidation.warning(warning)));
        try {
            ConfigOptions.check(conf);
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> findings.add(FormValidation.error(problem)));
        }
    }
}
