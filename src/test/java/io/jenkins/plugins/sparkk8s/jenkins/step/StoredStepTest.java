package io.jenkins.plugins.sparkk8s.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.Secret;
import io.jenkins.plugins.sparkk8s.jenkins.model.DriverResources;
import io.jenkins.plugins.sparkk8s.jenkins.model.EmptyDirVolume;
import io.jenkins.plugins.sparkk8s.jenkins.model.SecretConf;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A Pipeline writes the state of a step that runs to a file: no argument stands in it, since any may be a credential's value. */
class StoredStepTest {
    private static final String PASSWORD = "hunter2-Secret+value/42";

    /** As Pipeline does with a Secret, which it encrypts. */
    private record Pickle(int place) implements Serializable {}

    private final List<Secret> pickled = new ArrayList<>();

    private byte[] written(Object state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new PicklingStream(bytes)) {
            out.writeObject(state);
        }
        return bytes.toByteArray();
    }

    private Object read(byte[] state) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new UnpicklingStream(new ByteArrayInputStream(state))) {
            return in.readObject();
        }
    }

    private final class PicklingStream extends ObjectOutputStream {
        PicklingStream(OutputStream out) throws IOException {
            super(out);
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object each) {
            if (each instanceof Secret secret) {
                pickled.add(secret);
                return new Pickle(pickled.size() - 1);
            }
            return each;
        }
    }

    private final class UnpicklingStream extends ObjectInputStream {
        UnpicklingStream(InputStream in) throws IOException {
            super(in);
            enableResolveObject(true);
        }

        @Override
        protected Object resolveObject(Object each) {
            return each instanceof Pickle pickle ? pickled.get(pickle.place()) : each;
        }
    }

    private static SparkK8sSubmitStep step() {
        SparkK8sSubmitStep step = new SparkK8sSubmitStep();
        step.setName("report of " + PASSWORD);
        step.setArgs(List.of("--password", PASSWORD));
        step.setConf("spark.myapp.setting=" + PASSWORD);
        step.setFiles("https://host/" + PASSWORD);
        step.setSecretConf(List.of(new SecretConf("spark.a", PASSWORD)));
        DriverResources driver = new DriverResources();
        driver.setMemory(PASSWORD);
        step.setDriver(driver);
        step.setVolumes(List.of(new EmptyDirVolume("scratch", "/" + PASSWORD)));
        return step;
    }

    @Test
    void noArgumentStandsInTheStateOfAPipeline() throws Exception {
        String state = new String(written(new SparkK8sSubmitExecution(step(), null)), StandardCharsets.ISO_8859_1);

        assertThat(pickled).isNotEmpty();
        assertThat(state).contains("SparkK8sSubmitExecution").doesNotContain(PASSWORD, "--password", "scratch");
    }

    @Test
    void theNextControllerHasTheSameArguments() throws Exception {
        SparkK8sSubmitStep next = ((StoredStep) read(written(StoredStep.of(step())))).step();

        assertThat(next.getArgs()).containsExactly("--password", PASSWORD);
        assertThat(next.getConf()).isEqualTo(Map.of("spark.myapp.setting", PASSWORD));
        assertThat(next.getDriver().getMemory()).isEqualTo(PASSWORD);
        assertThat(next.getVolumes()).hasSize(1);
        assertThat(next).usingRecursiveComparison().isEqualTo(step());
    }
}
