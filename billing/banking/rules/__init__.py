"""What a bank's, WeChat's or Alipay's file says, and whose money a line of it is: pure decisions."""
