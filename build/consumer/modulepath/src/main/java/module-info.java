module org.example {
  requires dev.gimbal;

  provides dev.gimbal.source.SourceProvider with
      org.example.GreetingSources;
}
