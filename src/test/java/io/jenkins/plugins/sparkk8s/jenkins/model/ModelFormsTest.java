package io.jenkins.plugins.sparkk8s.jenkins.model;

import static io.jenkins.plugins.sparkk8s.jenkins.step.Forms.jobAllowing;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.AbstractIdCredentialsListBoxModel;
import com.cloudbees.plugins.credentials.common.PasswordCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.FormValidation.Kind;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.interceptor.RequirePOST;

class ModelFormsTest {
    private final Item mine = jobAllowing(Item.CONFIGURE, Item.EXTENDED_READ);
    private final Item maskUntrusted = jobAllowing(Item.READ);

    private record Text(String getId) implements StringCredentials {
        @Override
        public String getDescription() {
            return getId;
        }

        @Override
        public Secret getSecret() {
            throw new UnsupportedOperationException("a form looks at no secret");
        }
    }

    private record Content(String getId) implements FileCredentials {
        @Override
        public String getDescription() {
            return getId;
        }

        @Override
        public String getFileName() {
            return getId;
        }

        @Override
        public InputStream getContent() {
            throw new UnsupportedOperationException("a form looks at no secret");
        }
    }

    private record Login(String getId) implements StandardCredentials, PasswordCredentials {
        @Override
        public String getDescription() {
            return getId;
        }

        @Override
        public Secret getPassword() {
            throw new UnsupportedOperationException("a form looks at no secret");
        }
    }

    private record Other(String getId) implements StandardCredentials {
        @Override
        public String getDescription() {
            return getId;
        }
    }

    @BeforeEach
    void credentials() {
        AbstractIdCredentialsListBoxModel.FOUND.addAll(
                List.of(new Text("text"), new Content("file"), new Login("login"), new Other("key")));
    }

    @AfterEach
    void noCredentials() {
        AbstractIdCredentialsListBoxModel.FOUND.clear();
    }

    private static List<String> values(ListBoxModel choices) {
        return choices.stream().map(choice -> choice.value).toList();
    }

    @Test
    void offersWhatTheSubmissionTakesAndTheJobMayUse() {
        SecretConf.DescriptorImpl descriptor = new SecretConf.DescriptorImpl();

        assertThat(values(descriptor.doFillCredentialsIdItems(mine, "text")))
                .containsExactly("", "text", "file", "login");
        assertThat(values(descriptor.doFillCredentialsIdItems(jobAllowing(CredentialsProvider.USE_ITEM), "gone")))
                .containsExactly("", "text", "file", "login", "gone");
    }

    @Test
    void whoMayNotSeeTheJobGetsOnlyTheChosenCredential() {
        SecretConf.DescriptorImpl descriptor = new SecretConf.DescriptorImpl();

        assertThat(values(descriptor.doFillCredentialsIdItems(maskUntrusted, "text")))
                .containsExactly("text");
    }

    @ParameterizedTest
    @CsvSource({
        "spark.hadoop.fs.s3a.secret.key,OK",
        "spark.${X},OK",
        "spark.db.pin,WARNING",
        "fs.s3a.secret.key,ERROR",
        "'',ERROR"
    })
    void aSecretIsUnderAKeyThatSparkHides(String key, Kind kind) {
        assertThat(new SecretConf.DescriptorImpl().doCheckKey(mine, key).kind).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"2g,OK", "1536m,OK", "${MEMORY},OK", "'',OK", "2 GB,ERROR", "much,ERROR"})
    void memoryIsASize(String value, Kind kind) {
        assertThat(new DriverResources.DescriptorImpl().doCheckMemory(mine, value).kind)
                .isEqualTo(kind);
        assertThat(new ExecutorResources.DescriptorImpl().doCheckMemory(mine, value).kind)
                .isEqualTo(kind);
    }

    @Test
    void numbersAreNumbers() {
        assertThat(new DriverResources.DescriptorImpl().doCheckCores(mine, "one").kind)
                .isEqualTo(Kind.ERROR);
        assertThat(new ExecutorResources.DescriptorImpl().doCheckInstances(mine, "$N").kind)
                .isEqualTo(Kind.OK);
        assertThat(new DynamicAllocation.DescriptorImpl().doCheckMaxExecutors(mine, "x").kind)
                .isEqualTo(Kind.ERROR);
    }

    @ParameterizedTest
    @CsvSource({"checkpoints,OK", "a.b,ERROR", "Data,ERROR", "'',ERROR"})
    void aVolumeHasAName(String name, Kind kind) {
        assertThat(new NfsVolume.DescriptorImpl().doCheckName(mine, name).kind).isEqualTo(kind);
    }

    @Test
    void pathsInAContainerAreAbsoluteAndThoseInAVolumeAreNot() {
        EmptyDirVolume.DescriptorImpl descriptor = new EmptyDirVolume.DescriptorImpl();

        assertThat(descriptor.doCheckMountPath(mine, "data").kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckMountPath(mine, "/data").kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckSubPath(mine, "a/b").kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckSubPath(mine, "/a").kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckSubPath(mine, "a/../b").kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckSizeLimit(mine, "20Gi").kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckSizeLimit(mine, "big").kind).isEqualTo(Kind.ERROR);
        assertThat(new HostPathVolume.DescriptorImpl().doCheckPath(mine, "").kind)
                .isEqualTo(Kind.ERROR);
    }

    @Test
    void aClaimOnDemandNeedsClassAndSize() {
        PersistentVolumeClaimVolume.DescriptorImpl descriptor = new PersistentVolumeClaimVolume.DescriptorImpl();

        assertThat(descriptor.doCheckClaimName(mine, "OnDemand").kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckClaimName(mine, "Data").kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckStorageClass(mine, "", "OnDemand").kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckSizeLimit(mine, " ", "OnDemand").kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckSizeLimit(mine, "1Gi", "OnDemand").kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckStorageClass(mine, "", "checkpoints").kind).isEqualTo(Kind.OK);
    }

    @Test
    void selectsKeepTheirValue() {
        assertThat(values(new NfsVolume.DescriptorImpl().doFillMountOnItems("${WHO}")))
                .containsExactly("both", "driver", "executor", "${WHO}");
        assertThat(values(new HostPathVolume.DescriptorImpl().doFillTypeItems(null)))
                .startsWith("", "Directory");
        assertThat(values(new EmptyDirVolume.DescriptorImpl().doFillMediumItems("HugePages")))
                .containsExactly("", "Memory", "HugePages");
    }

    @Test
    void aPipelineMayGiveANumber() {
        CustomDescribableModel model = new DriverResources.DescriptorImpl();

        assertThat(model.customInstantiate(Map.of("cores", 2, "memory", "2g")))
                .isEqualTo(Map.of("cores", "2", "memory", "2g"));
    }

    @Test
    void aSnippetShowsNumbersAsNumbersAndVariablesAsTexts() {
        CustomDescribableModel model = new ExecutorResources.DescriptorImpl();
        UninstantiatedDescribable snippet = model.customUninstantiate(
                new UninstantiatedDescribable(Map.of("cores", "2", "instances", "${EXECUTORS}", "memory", "02g")));

        assertThat(snippet.getArguments()).isEqualTo(Map.of("cores", 2, "instances", "${EXECUTORS}", "memory", "02g"));
    }

    static Stream<Object> descriptors() {
        return Stream.of(
                new DriverResources.DescriptorImpl(),
                new ExecutorResources.DescriptorImpl(),
                new DynamicAllocation.DescriptorImpl(),
                new EmptyDirVolume.DescriptorImpl(),
                new HostPathVolume.DescriptorImpl(),
                new NfsVolume.DescriptorImpl(),
                new PersistentVolumeClaimVolume.DescriptorImpl(),
                new SecretConf.DescriptorImpl());
    }

    @ParameterizedTest
    @MethodSource("descriptors")
    void checksReturnNothingWithoutPermissionToConfigure(Object descriptor) throws Exception {
        for (Method check : descriptor.getClass().getMethods()) {
            if (check.getName().startsWith("doCheck")) {
                Object[] arguments = Stream.of(check.getParameters())
                        .map(parameter -> parameter.isAnnotationPresent(AncestorInPath.class)
                                ? maskUntrusted
                                : "not a VALUE of anything")
                        .toArray();

                assertThat(((FormValidation) check.invoke(descriptor, arguments)).kind)
                        .as(check.getName())
                        .isEqualTo(Kind.OK);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("descriptors")
    void formMethodsWantPost(Object descriptor) {
        assertThat(Stream.of(descriptor.getClass().getMethods())
                        .filter(method -> method.getName().matches("do(Check|Fill)[A-Z].*")))
                .isNotEmpty()
                .allMatch(method -> method.isAnnotationPresent(RequirePOST.class));
    }
}
